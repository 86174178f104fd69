import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

# What is loaded here stays: the collector need not look at it while it comes, walk it again afterwards, or come by at
# every seven hundredth object.
gc.disable()
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - asking reads every address with its views, so nobody's first page waits for it
gc.freeze()
gc.set_threshold(20_000, 20, 20)
gc.enable()
