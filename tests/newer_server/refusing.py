"""How the stand-in refuses, in the words and statuses of 2.19."""

from typing import Any


class Refused(Exception):
    """An answer that is an error."""

    def __init__(self, message: str, status: int = 400, error: str = "BadRequestException", code: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"statusCode": status, "error": error, "messages": [message], **({"code": code} if code else {})}


def not_found() -> Refused:
    return Refused("Record not found", 404, "NotFoundException")


def not_permitted() -> Refused:
    return Refused("Entity performing the request does not have permission", error="Error", code="PERMISSION_DENIED")


def duplicate() -> Refused:
    return Refused("A duplicate entry was detected")


def too_many(limit: int) -> Refused:
    return Refused(f"Limit reached ({limit} tokens per 60000 ms)", 429, "HttpException")
