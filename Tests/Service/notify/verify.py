"""Judges what a channel was sent, by means of its own: the signature with Python's hmac, forms by their documented limits.

Usage: verify.py KIND LOG EXPECTED...: the titles that the last message tells, in any order, and no others.
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time


def signed(request, secret):
    """As a receiver of Standard Webhooks does it."""
    headers, body = request["headers"], base64.b64decode(request["body"])
    identity, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    assert abs(time.time() - int(timestamp)) < 300, "the timestamp is not of now"
    assert "." not in identity
    key = base64.b64decode(secret.removeprefix("whsec_"))
    code = hmac.new(key, f"{identity}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    expected = "v1," + base64.b64encode(code).decode()
    given = headers["webhook-signature"].split(" ")
    assert any(hmac.compare_digest(expected, signature) for signature in given), "the signature is wrong"


def webhook(request):
    for secret in os.environ["SECRET"].split(" "):
        signed(request, secret)
    assert request["headers"]["content-type"] == "application/cloudevents+json"
    event = json.loads(base64.b64decode(request["body"]))
    assert event["specversion"] == "1.0" and event["id"] == request["headers"]["webhook-id"]
    assert event["source"] and event["type"] == "plumb.posture.changed"
    for notice in event["data"]["notices"]:
        if notice["kind"] == "notCompliant" and notice["state"] == "firing":
            assert notice["remedy"] and notice["detail"], notice
    return [notice["title"] for notice in event["data"]["notices"]]


def slack(request):
    message = json.loads(base64.b64decode(request["body"]))
    assert message["text"] and len(message["blocks"]) <= 50
    header, sections = message["blocks"][0], [b for b in message["blocks"] if b["type"] == "section"]
    assert len(header["text"]["text"]) <= 150
    assert sum(len(json.dumps(block)) for block in message["blocks"]) < 13_000
    for section in sections:
        assert len(section["text"]["text"]) <= 3_000 and section["text"]["verbatim"] is True
    return [section["text"]["text"].split("\n")[0].strip("*") for section in sections]


def teams(request):
    body = base64.b64decode(request["body"])
    assert len(body) < 28 * 1024
    message = json.loads(body)
    attachment = message["attachments"][0]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert attachment["content"]["type"] == "AdaptiveCard"
    containers = [item for item in attachment["content"]["body"] if item["type"] == "Container"]
    return [container["items"][0]["inlines"][0]["text"] for container in containers]


def alertmanager(request):
    """What an Alertmanager handed on to its receiver."""
    message = json.loads(base64.b64decode(request["body"]))
    return [f"{alert['status']} {alert['labels']['alertname']} {alert['annotations']['summary']}"
            for alert in message["alerts"]]


if __name__ == "__main__":
    kind, log, expected = sys.argv[1], sys.argv[2], sys.argv[3:]
    with open(log) as file:
        requests = [json.loads(line) for line in file]
    if kind == "alertmanager":
        titles = [title for request in requests for title in alertmanager(request)]
        missing = [title for title in expected if title not in titles]
        assert not missing, f"missing: {missing}\nthere is: {titles}"
    else:
        titles = globals()[kind](requests[-1])
        assert sorted(titles) == sorted(expected), f"expected: {expected}\nthere is: {titles}"
    print(f"{kind}: {len(requests)} messages, the last of {len(titles)} as it should be")
