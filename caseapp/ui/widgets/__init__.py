"""Parts that know no noun; screens are built from them."""
