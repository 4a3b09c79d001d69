"""Mail that lets somebody in."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from megler.accounts.models import User


@app.task(name="accounts.jobs.send_invitation", retry=RetryStrategy(max_attempts=8, linear_wait=60))
def send_invitation(person: str) -> None:
    """Mail the link with which an invited person chooses a password."""
    invited = User.objects.filter(pk=person, is_active=True).first()
    if invited is None:
        return
    token = default_token_generator.make_token(invited)
    place = {"uidb36": user_pk_to_url_str(invited), "key": token}
    url = settings.PUBLIC_URL + reverse("account_reset_password_from_key", kwargs=place)
    days = settings.PASSWORD_RESET_TIMEOUT // 86_400
    with translation.override(invited.language or settings.LANGUAGE_CODE):
        words = {"invited": invited, "url": url, "days": days}
        subject = render_to_string("accounts/mail/invitation_subject.txt", words).strip()
        body = render_to_string("accounts/mail/invitation.txt", words)
    send_mail(subject, body, None, [invited.email])
