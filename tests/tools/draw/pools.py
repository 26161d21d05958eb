"""Random pools for property tests: quotas around a panel that exists, from tight to loose."""

from hypothesis import strategies as st

from fdplattform.tools.draw.engine.pool import Person, Pool, Quota


@st.composite
def pools(draw: st.DrawFn, *, possible: bool = True) -> tuple[Pool, int]:
    """A pool and the size of a panel. `possible`: some panel keeps the quotas and the household rule."""
    random = draw(st.randoms(use_true_random=False))
    number = draw(st.integers(6, 36))
    size = draw(st.integers(2, min(9, number // 2)))
    slack = draw(st.integers(0, 2))
    names = [(f"f{place}", ["a", "b", "c"][: random.randint(2, 3)]) for place in range(draw(st.integers(1, 4)))]
    homes = [f"h{random.randrange(max(size, number * 2 // 3))}" for _ in range(number)]
    homes[:size] = [f"h{place}" for place in range(size)]
    together = draw(st.booleans())
    people = tuple(
        Person(f"p{place}", tuple(random.choice(values) for _, values in names), homes[place] if together else None)
        for place in range(number)
    )
    quotas = []
    for place, (name, values) in enumerate(names):
        for value in values:
            # The first people live apart: they are the panel that exists.
            count = sum(person.values[place] == value for person in people[:size])
            if not possible and random.random() < 0.4:
                count += random.choice((-1, 1, 2))
            low = max(0, count - random.randint(0, slack))
            quotas.append(Quota(name, value, low, max(low, count + random.randint(0, slack))))
    return Pool(tuple(quotas), people), size
