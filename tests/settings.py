"""The product's settings with a home of the tests' own, so that no test reads or writes a real one."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="anwei-tests-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["ANWEI_HOME"] = _home
for _name in ("ANWEI_TODAY", "ANWEI_EMPTY"):
    os.environ.pop(_name, None)

from anwei.portal.settings import *  # noqa: E402, F403

# Argon2 is slow on purpose; tests that sign in a hundred times need not wait for it.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]  # noqa: F405
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405  # whitenoise warns where the folder is missing
