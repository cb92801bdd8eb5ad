"""Choose the engine that the settings name: the embedded one, or a remote one by SPARQL.

What speaks to a remote engine is loaded only where one is named.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

from kg.dataset import Dataset
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.serving.limits import ServingLimits
    from kg.serving.queries import Queries


def dataset_of(settings: Settings) -> Dataset:
    """Return the dataset of the settings, in its directory or in the engine that `store` names.

    Raises:
        SettingInvalid: `store` is no address of an engine.
    """
    address = settings.store.get_secret_value()
    if not address:
        return Dataset(settings.data, kept=settings.generations_kept)
    from kg.remote import RemoteAddress, RemoteDataset

    remote = RemoteAddress.of_setting(address)
    return RemoteDataset(settings.data, remote, kept=settings.generations_kept)


def queries_over(dataset: Dataset, limits: ServingLimits) -> AbstractAsyncContextManager[Queries]:
    """Return what answers strangers' queries over a dataset while it is entered."""
    if type(dataset) is Dataset:
        from kg.serving.service import QueryService

        return QueryService(dataset, limits)
    from kg.remote import RemoteDataset
    from kg.serving.remote import RemoteQueries

    if not isinstance(dataset, RemoteDataset):
        raise TypeError(type(dataset))
    return RemoteQueries(dataset.published, limits)
