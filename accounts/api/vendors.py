"""Vendors' accounts: proposed by the administrator, confirmed by the bureau's head, ended by either."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import access, services
from accounts.api import filters
from accounts.api.district import _Rows
from accounts.serializers import vendors as forms
from accounts.serializers.district import ReasonRequest
from accounts.services.vendors import Engaged


class VendorViewSet(_Rows):
    """供应商账号 (PI-21): dated, for one ticket, without a role; all it does is in the trail."""

    policy = access.VENDORS
    serializer_class = forms.VendorRow
    without_body = frozenset({"confirm"})
    filterset_class = filters.VendorFilter

    def rows(self) -> QuerySet[Any]:
        return access.vendors_visible_to(self.actor)

    @extend_schema(request=forms.VendorRequest, responses={201: forms.VendorRow})
    def create(self, request: Request) -> Response:
        engaged = Engaged(**self.body(forms.VendorRequest))
        return self.answer(services.vendor_propose(actor=self.actor, engaged=engaged), 201)

    @extend_schema(request=None, responses=forms.VendorRow)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: Any) -> Response:
        return self.answer(services.vendor_confirm(actor=self.actor, vendor_id=pk))

    @extend_schema(request=ReasonRequest, responses=forms.VendorRow)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: Any) -> Response:
        body = self.body(ReasonRequest)
        return self.answer(services.vendor_end(actor=self.actor, vendor_id=pk, **body))
