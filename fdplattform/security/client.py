"""Who sends a request, as far as the network tells."""

import ipaddress

from pyramid.request import Request

#: A household or a provider's customer gets a whole /64 (RFC 6177), so that is one source.
IPV6_PREFIX = 64


def client_address(request: Request) -> str:
    """The sender's address. `X-Forwarded-For` is believed only as far as trusted proxies have written it."""
    proxies: int = request.fdp.trusted_proxies
    address: str = request.remote_addr or ""
    if proxies:
        forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
        # Each proxy appends the address it saw; what stands further left may be invented by the sender.
        address = forwarded[-proxies] if len(forwarded) >= proxies else address
    return address


def client_network(request: Request) -> str:
    """The source that rate limits count: the IPv4 address, or the IPv6 network."""
    address = client_address(request)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, IPV6_PREFIX), strict=False))
