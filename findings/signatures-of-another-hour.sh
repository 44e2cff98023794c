#!/usr/bin/env bash
# Whether a webhook is taken that was signed at a time with its time zone.
#
# Versions: standardwebhooks 1.1.0 (Python), standardwebhooks 1.1.1 (JavaScript).
# Input: a message signed now: the same instant as a datetime in UTC and in Asia/Kolkata, and for JavaScript as a Date; the header
#        has its seconds since 1970 (Standard Webhooks, "webhook-timestamp": an integer unix timestamp).
# Expected: one instant, one signature, which the receiver takes.
# Seen: of the time in UTC, yes, and it is the one that JavaScript makes. Of the other one sign() takes the hour and minute as they are
#       and calls them UTC: the signature is that of five and a half hours later, and every receiver refuses the message, although key,
#       text and header are right. Nothing is said when it is signed.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet standardwebhooks==1.1.0 tzdata==2025.2
npm install --silent --no-fund --no-audit standardwebhooks@1.1.1 > npm.log 2>&1

cat > sign.cjs << 'JAVASCRIPT'
const { Webhook } = require("standardwebhooks");
console.log(new Webhook("c2VjcmV0IG9mIGEgdGVzdA==").sign("msg_1", new Date(Number(process.argv[2]) * 1000), '{"deal":"won"}'));
JAVASCRIPT

cat > sign.py << 'PYTHON'
import subprocess
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from standardwebhooks import Webhook, WebhookVerificationError

hook = Webhook("c2VjcmV0IG9mIGEgdGVzdA==")
body = '{"deal":"won"}'
now = datetime.now(UTC).replace(microsecond=0)
seconds = str(int(now.timestamp()))
javascript = subprocess.run(["node", "sign.cjs", seconds], capture_output=True, check=True, text=True).stdout.strip()


def taken(signature: str) -> bool:
    headers = {"webhook-id": "msg_1", "webhook-timestamp": seconds, "webhook-signature": signature}
    try:
        return hook.verify(body, headers) == {"deal": "won"}
    except WebhookVerificationError:
        return False


there = now.astimezone(ZoneInfo("Asia/Kolkata"))
print("the same instant:", there == now)
print("UTC:", taken(hook.sign("msg_1", now, body)), hook.sign("msg_1", now, body) == javascript)
print("Kolkata:", taken(hook.sign("msg_1", there, body)))
PYTHON

seen="$(NODE_OPTIONS= ./venv/bin/python sign.py)"
printf '%s\n' "$seen"
[ "$seen" = "the same instant: True
UTC: True True
Kolkata: False" ] || exit 1
