"""Uploads kept: the file and its mapping into the inbox, a line into the upload log, all of it or nothing."""

from pipelines.uploads.fault import UploadError
from pipelines.uploads.keeping import Kept, keep, kept_files, read_kept
from pipelines.uploads.log import Upload, read_uploads
from pipelines.uploads.names import safe_name

__all__ = ["Kept", "Upload", "UploadError", "keep", "kept_files", "read_kept", "read_uploads", "safe_name"]
