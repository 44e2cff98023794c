"""The colleagues who use the sample workspace, and the accounts through which their mail arrives."""

from icosa.sample.draw import Draw, Record, Sample, wire

DOMAIN = "sensors.example.com"
MEMBERS = (
    ("Tamsin", "Okonkwo", "Europe/London", "en", "google"),
    ("Jonas", "Lindgren", "Europe/Stockholm", "sv-SE", "microsoft"),
    ("Élodie", "Marchand", "Europe/Paris", "fr-FR", "google"),
    ("Ravi", "Menon", "America/New_York", "en", None),
)
SCOPES = {
    "google": ["mail.read", "calendar.read"],
    "microsoft": ["mail.read", "mail.send", "calendar.read", "offline_access"],
}


def team(draw: Draw) -> Sample:
    members: list[Record] = []
    accounts: list[Record] = []
    for first, last, zone, locale, provider in MEMBERS:
        address = f"{first.lower().replace('é', 'e')}@{DOMAIN}"
        member = {
            "id": draw.id(),
            "name": {"firstName": first, "lastName": last},
            "userEmail": address,
            "userId": draw.id(),
            "timeZone": zone,
            "locale": locale,
            "colorScheme": draw.one(["Light", "Dark", "System"]),
        }
        members.append(member)
        if provider:
            accounts.append(
                {
                    "id": draw.id(),
                    "handle": address,
                    "provider": provider,
                    "accessToken": f"sample-access-{draw.below(16**8):08x}",
                    "refreshToken": f"sample-refresh-{draw.below(16**8):08x}",
                    "lastSyncHistoryId": str(draw.between(100_000, 999_999)),
                    "handleAliases": f"sales@{DOMAIN}" if not accounts else "",
                    "scopes": SCOPES[provider],
                    "accountOwnerId": member["id"],
                }
            )
    accounts[-1]["authFailedAt"] = wire(draw.moment(-3, -1))
    return {"workspaceMembers": members, "connectedAccounts": accounts}
