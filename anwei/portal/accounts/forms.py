"""The forms at the gate, in the words of the house."""

from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

from anwei.portal.accounts import lockout

_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}


class SignInForm(LoginForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "登录名"
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}
        self.fields["password"].label = "密码"
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}


class _CountedCode(forms.Form):
    """A wrong code counts towards the lock of the name, as a wrong password does."""

    def clean_code(self) -> str:
        request, name = context.request, self.user.get_username()
        if lockout.is_locked(request, name):
            request.axes_locked_out, request.axes_credentials = True, {"username": name}
            raise forms.ValidationError("这个登录名已锁定，请稍后再试。")
        try:
            return super().clean_code()
        except forms.ValidationError:
            lockout.count_failure(request, name)
            lockout.record(request, name, "动态口令不对")
            raise


class CodeForm(_CountedCode, AuthenticateForm):
    code = forms.CharField(label="动态口令（6位）或恢复码（8位）", widget=forms.TextInput(attrs=_CODE))


class CodeAgainForm(_CountedCode, ReauthenticateForm):
    code = forms.CharField(label="动态口令（6位）或恢复码（8位）", widget=forms.TextInput(attrs=_CODE))


class BindCodeForm(ActivateTOTPForm):
    code = forms.CharField(label="手机上显示的6位口令", widget=forms.TextInput(attrs=_CODE))


class PasswordForm(forms.Form):
    old = forms.CharField(
        label="原密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label="新密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label="再输一遍新密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_again(self) -> str:
        again = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError("两遍新密码不一样，请重新输入。")
        return again
