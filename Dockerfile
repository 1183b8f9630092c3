# The platform's image: the locked packages and the code, run as a user that owns neither.
FROM python:3.13-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /platform
COPY requirements/uv.txt requirements/base.txt requirements/
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements/uv.txt \
 && uv pip sync --system --no-cache --require-hashes requirements/base.txt
COPY policies/ policies/
COPY services/ services/
COPY schema/ schema/
COPY api/ api/
COPY frontend-contract/ frontend-contract/
# The volume of files takes its owner from here.
RUN install --directory --owner=65534 --group=65534 --mode=0700 /attachments
USER 65534:65534
EXPOSE 8000
CMD ["python", "-m", "api", "serve", "--host", "0.0.0.0"]
