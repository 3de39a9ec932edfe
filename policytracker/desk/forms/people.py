"""Inviting people, and how they answer."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..access import LADDER, ROLE_NAMES


class RolesField(forms.ModelMultipleChoiceField):
    """Groups, by the names of their roles."""

    def label_from_instance(self, obj: Any) -> str:
        """The role's name, and what it adds."""
        return str(ROLE_NAMES[obj.name])


class InvitationForm(forms.Form):
    """Whom, as what, in which language."""

    email = forms.CharField(label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    groups = RolesField(
        label=_("Roles"),
        queryset=Group.objects.filter(name__in=LADDER),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each role has the rights of those before it."),
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)


class RolesForm(forms.Form):
    """The roles of one person."""

    groups = RolesField(
        label=_("Roles"),
        queryset=Group.objects.filter(name__in=LADDER),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each role has the rights of those before it."),
    )


class AcceptForm(forms.Form):
    """A name to sign in with, a name to show, a password."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
        help_text=_("You sign in with it; colleagues name you by it in notes, after an @."),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("As it stands under what you write."),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=1_000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters, none of the common ones, not only digits, not your name."),
    )

    def __init__(self, *args: Any, email: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """A password that is easily guessed is said to be one."""
        values = super().clean() or {}
        if "password" in values:
            user = User(username=values.get("username", ""), first_name=values.get("name", ""), email=self.email)
            try:
                validate_password(values["password"], user)
            except ValidationError as error:
                self.add_error("password", error)
        return values
