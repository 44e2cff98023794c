"""What a workspace says about itself, and how that is changed: objects, fields, webhooks, keys and views, below
/rest/metadata.  Records are no matter of it."""
