"""An app whose page and API are two servers; its refresh token stays the same for a week."""
