"""What a file is and what the scanner said of it, under the names that the contract has for them."""

import strawberry

from services.attachments.kinds import Kind as Kind
from services.attachments.scanner import Scan as Scan

strawberry.enum(Kind, name="FileKind", description="What a file is, by its content.")
strawberry.enum(Scan, name="FileScan", description="What the scanner said of a file; infected ones are not given out.")
