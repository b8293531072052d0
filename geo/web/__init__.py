"""
HTTP beside the dashboard: vendored assets, previews, security headers, a real 404.

Routes and middleware for ``streamlit.App``, which ``app.py`` combines; this package never
imports Streamlit.
"""
