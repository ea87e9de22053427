"""Speed, as ratios measured side by side in one run. Not collected by pytest."""

import app  # noqa: F401 - sets OpenBLAS's threads before numpy is imported
