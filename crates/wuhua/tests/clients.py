"""The Open311 clients that people install, against a running Wuhua: `georeport` reads, `civicbot` writes.

    clients.py ADDRESS KEY
"""

import sys

from civicbot import Endpoint, HttpError, HttpTransport, Open311Client
from civicbot.http import RateLimiter
from georeport import GeoReport

REFUSE = "2026-matter-06010"


def write(root, key):
    """Files requests as a robot would; their ids."""
    endpoint = Endpoint(id="kaili", name="凯里", base_url=root, write=True)
    client = Open311Client(endpoint, transport=HttpTransport(rate_limiter=RateLimiter(min_interval=0)))
    assert len(client.list_services()) > 50
    sent = client.create_request(
        REFUSE, dry_run=False, confirm="SEND", api_key=key, validate_remote=True, lat=26.575, lng=107.975,
        description="人民路口有垃圾 & 味道大", first_name="小明", last_name="欧阳", phone="13800138000",
        attributes={"area": "2"})
    (made,) = sent.response
    by_words = client.create_request(
        REFUSE, dry_run=False, confirm="SEND", api_key=key, address_string="韶山南路1号", description="垃圾满溢")
    one = client.get_request(made["service_request_id"])
    assert one["description"] == "人民路口有垃圾 & 味道大", one
    assert (one["status"], one["service_code"], one["lat"]) == ("open", REFUSE, 26.575), one
    assert client.get_token(made["service_request_id"])[0]["service_request_id"] == made["service_request_id"]
    ids = [made["service_request_id"], by_words.response[0]["service_request_id"]]
    listed = client.list_requests(service_request_ids=ids)
    assert sorted(request["service_request_id"] for request in listed) == sorted(ids), listed
    assert client.get_request(ids[1])["address"] == "韶山南路1号"
    assert len(client.list_requests(status="open", service_code=REFUSE, page_size=1)) == 1
    for wrong in ({"api_key": "nonsense"}, {"api_key": key, "lat": 26.575, "lng": 107.975}):
        code = REFUSE if wrong["api_key"] == "nonsense" else "none"
        wrong.setdefault("address_id", "1")
        try:
            client.create_request(code, dry_run=False, confirm="SEND", **wrong)
        except HttpError as error:
            assert error.status == (403 if code == REFUSE else 404), error
        else:
            raise AssertionError(wrong)
    return ids


def read(root, output_format, ids):
    """Reads what was filed."""
    client = GeoReport(root, jurisdiction="522601", output_format=output_format)
    services = client.get_service_list()
    service = next(service for service in services if service["service_code"] == REFUSE)
    assert service["service_name"] == "暴露垃圾", service
    definition = client.get_service_definition(REFUSE)
    assert definition["service_code"] == REFUSE, definition
    both = client.get_service_requests(service_request_id=",".join(ids))
    assert sorted(request["service_request_id"] for request in both) == sorted(ids), both
    assert len(client.get_service_requests(service_code=REFUSE, status="open")) == len(ids)
    one = client.get_service_request(ids[0])
    assert one["description"] == "人民路口有垃圾 & 味道大", one
    assert one["requested_datetime"].endswith("+08:00"), one


def main():
    root, key = f"http://{sys.argv[1]}/open311/v2", sys.argv[2]
    ids = write(root, key)
    for output_format in ("json", "xml"):
        read(root, output_format, ids)
    print("clients: ok")


main()
