"""Every route and event of the local Discord was driven: coverage.py NAME RECORD, with DIRECTORY in the environment."""

import json
import os
import sys
import urllib.request

# What a library has no way to do, with the reason. Everything else must be driven.
CANNOT = {
    "discord_js": {},
    "discord_py": {},
}


def asked(question):
    base = json.loads(os.environ["DIRECTORY"])["api"]
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{base}/sandbox/v1/{question}") as answer:
        return json.load(answer)


def main():
    name, record = sys.argv[1:]
    with open(record, encoding="utf-8") as lines:
        exchanges = [json.loads(line) for line in lines]
    rest = [exchange for exchange in exchanges if exchange["what"] == "rest"]
    driven = {f"{exchange['method']} {exchange['route']}" for exchange in rest if exchange["status"] < 300}
    sent = {exchange["payload"].get("t") for exchange in exchanges if exchange["what"] == "frame"}
    missing = [f"{method} {template}" for method, template in asked("routes")]
    missing = [route for route in missing if route not in driven and route not in CANNOT[name]]
    missing += [event for event in asked("events") if event not in sent]
    if missing:
        sys.exit(f"{name} never drove: " + ", ".join(missing))
    print(f"{name}: {len(driven)} routes, {len(sent - {None})} events, {len(exchanges)} exchanges")


main()
