"""What the tests ask of a real Airflow, in Airflow's own environment; the last line of the answer is JSON.

    python in_airflow.py FOLDER TASK TASK …

loads the DAGs in FOLDER, then runs the one task once for each TASK, a JSON object of attributes in the place of its own.
"""

import json
import sys

from airflow.dag_processing.dagbag import DagBag

bag = DagBag(sys.argv[1])
dags = {
    name: {
        "schedule": dag.schedule,
        "max_active_runs": dag.max_active_runs,
        "catchup": dag.catchup,
        "tasks": {task.task_id: [type(task).__name__, task.pipeline_options] for task in dag.tasks},
    }
    for name, dag in bag.dags.items()
}
answer = {"errors": bag.import_errors, "dags": json.loads(json.dumps(dags)), "ended": []}
for given in sys.argv[2:]:
    (task,) = bag.dags["migration_events"].tasks
    for name, value in json.loads(given).items():
        setattr(task, name, value)
    try:
        task.execute({})
        answer["ended"].append("done")
    except Exception as error:
        answer["ended"].append(str(error))
print(json.dumps(answer))
