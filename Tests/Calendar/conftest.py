"""The holidays that the portal brings along, held against those of others.

deploy/test has a portal ready, its settings in the environment, and says
  PORTAL_DATABASE_OWNER  the connection of the owner of its database
  PORTAL_TEST_FILTER     a regular expression on the names of the tests to run (optional)
"""

import os
import re


def pytest_collection_modifyitems(config, items):
    wanted = os.environ.get("PORTAL_TEST_FILTER", "")
    if wanted:
        chosen = [item for item in items if re.search(wanted, item.nodeid)]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen
