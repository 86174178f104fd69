import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()

# What stands in memory by now stays: the collector need not walk it again, nor come by at every seven hundredth object.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
