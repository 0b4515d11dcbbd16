"""TypeScript interfaces as JSON Schema: as much of the language as our guides use."""

import re
from typing import Any

INTERFACE = re.compile(r"interface (\w+) (\{.*?^\})", re.DOTALL | re.MULTILINE)
TOKEN = re.compile(r'"[^"]*"|\w+|\[\]|[{}<>|,;:?]')
PLAIN = {
    "string": {"type": "string"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "null": {"type": "null"},
}


def schemas(text: str) -> dict[str, Any]:
    """Return a schema of each interface in a text; names that it does not explain mean anything.

    An optional property may also be null: so the contract reads the ``?``.
    """
    found = {name: _Parser(body).type() for name, body in INTERFACE.findall(text)}
    named = set(re.findall(r"#/\$defs/(\w+)", str(found)))
    definitions = {**{name: {} for name in named}, **found}
    return {name: {**schema, "$defs": definitions} for name, schema in found.items()}


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = TOKEN.findall(text)

    def type(self) -> dict[str, Any]:
        """Read a type, with all that it may be instead."""
        options = [self._one()]
        while self._skip("|"):
            options.append(self._one())
        return options[0] if len(options) == 1 else {"anyOf": options}

    def _one(self) -> dict[str, Any]:
        read = self._simple()
        while self._skip("[]"):
            read = {"type": "array", "items": read}
        return read

    def _simple(self) -> dict[str, Any]:
        token = self._tokens.pop(0)
        if token == "{":
            return self._object()
        if token == "Record":
            return {"type": "object", "additionalProperties": self._values()}
        if token.startswith('"'):
            return {"const": token.strip('"')}
        return PLAIN.get(token, {"$ref": f"#/$defs/{token}"})

    def _values(self) -> dict[str, Any]:
        for expected in ("<", "string", ","):
            assert self._skip(expected)
        read = self.type()
        assert self._skip(">")
        return read

    def _object(self) -> dict[str, Any]:
        properties, required = {}, []
        while not self._skip("}"):
            name = self._tokens.pop(0)
            optional = self._skip("?")
            assert self._skip(":")
            read = self.type()
            properties[name] = {"anyOf": [read, PLAIN["null"]]} if optional else read
            required += [] if optional else [name]
            self._skip(";")
        return {"type": "object", "properties": properties, "required": required}

    def _skip(self, token: str) -> bool:
        if self._tokens and self._tokens[0] == token:
            self._tokens.pop(0)
            return True
        return False
