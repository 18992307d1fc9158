"""A run every 15 minutes, for Apache Airflow 3: change paths and contact, then put this file into its folder of DAGs.

Airflow is installed by itself, with apache-airflow-providers-apache-beam and, as that does not start without it,
apache-airflow-providers-google; migration-events in HOME with its own .venv. Neither needs the packages of the other.
"""

from datetime import UTC, datetime

from airflow.providers.apache.beam.operators.beam import BeamRunPythonPipelineOperator
from airflow.sdk import DAG

HOME = "/opt/migration-events"

with DAG(
    dag_id="migration_events",
    description="Migration events: runs over feeds",
    schedule="*/15 * * * *",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,  # a run takes up what earlier ones missed, and two at once cannot hold the output
):
    BeamRunPythonPipelineOperator(
        task_id="run",
        py_interpreter=f"{HOME}/.venv/bin/python",
        py_file=f"{HOME}/deploy/airflow/run.py",
        runner="DirectRunner",
        pipeline_options={
            "feeds": "/etc/migration-events/feeds.toml",
            "contact": "you@example.org",
            "output": "/var/lib/migration-events",
        },
    )
