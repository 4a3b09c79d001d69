"""Mail that lets somebody in; and forgetting, daily, how often strangers came."""

from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from megler.accounts.limits import forget_tallies
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


@app.periodic(cron="23 3 * * *")
@app.task(name="accounts.jobs.forget_tallies", queueing_lock="accounts.forget_tallies")
def forget_old_tallies(timestamp: int) -> None:
    """No limit spans more than a day."""
    forget_tallies(timezone.now() - timedelta(days=2))
