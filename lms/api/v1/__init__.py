"""Version 1 of the API: what programs ask for at `/api/v1`. Imported when the app is made, not before: it needs
Flask-Smorest and marshmallow, which nothing else does.
"""
