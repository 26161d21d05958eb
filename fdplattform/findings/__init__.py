"""What came out: findings with their origin, and the fields of action and proposals made from them."""
