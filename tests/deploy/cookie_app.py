"""An application of Streamlit that signs a cookie and reads it: the atlas itself signs none."""

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from geo.paths import FRAME


def write(request: Request) -> PlainTextResponse:
    """Sign a cookie with what the query says."""
    request.session["word"] = request.url.query
    return PlainTextResponse("written")


def read(request: Request) -> PlainTextResponse:
    """Answer with the word of the cookie, if its signature is one's own."""
    return PlainTextResponse(str(request.session.get("word", "")))


app = st.App(FRAME, routes=[Route("/write", write), Route("/read", read)])
