# The Python side: what submits runs, and the workers beside each task manager. Build it in the root of the project:
#   docker build -f deploy/flink/worker.Dockerfile -t migration-events-worker .
FROM apache/beam_python3.11_sdk:2.77.0

WORKDIR /opt/migration-events
COPY requirements/bootstrap.lock requirements/run.lock requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/bootstrap.lock \
    && pip install --no-cache-dir --require-hashes --no-deps -r requirements/run.lock
COPY setup.py MANIFEST.in README.md LICENSE ./
COPY schemas schemas
COPY transforms transforms
COPY pipeline pipeline
RUN pip install --no-cache-dir --no-deps --no-build-isolation .

USER 1000:1000
WORKDIR /data
ENTRYPOINT ["/opt/apache/beam/boot"]
CMD ["--worker_pool"]
