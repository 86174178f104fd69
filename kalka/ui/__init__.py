"""What every page is built from: templates, components, forms, their fields, design tokens, and words for refusals.

Pages compose `{% load ui %}` tags and extend `ui/base.html`, `ui/task.html` or `ui/portal_base.html`; modules import
`from kalka.ui import forms as ui` and subclass `ui.Form`. Nothing here reads the database or knows a role.
"""
