"""A Python worker as a Flink task manager starts it: asks the runner for its services, then serves it.

What Beam's containers have a compiled program for; without containers it takes these lines.
"""

import argparse
import json
import os
import sys

import grpc
from apache_beam.portability.api import beam_provision_api_pb2, beam_provision_api_pb2_grpc
from apache_beam.runners.worker import sdk_worker_main
from google.protobuf import json_format, text_format

parser = argparse.ArgumentParser()
parser.add_argument("--id", required=True)
parser.add_argument("--provision_endpoint", required=True)
given, _ = parser.parse_known_args()

channel = grpc.insecure_channel(given.provision_endpoint)
stub = beam_provision_api_pb2_grpc.ProvisionServiceStub(channel)
asked = beam_provision_api_pb2.GetProvisionInfoRequest()
info = stub.GetProvisionInfo(asked, metadata=[("worker_id", given.id)], timeout=60).info
os.environ["WORKER_ID"] = given.id
os.environ["CONTROL_API_SERVICE_DESCRIPTOR"] = text_format.MessageToString(info.control_endpoint)
os.environ["LOGGING_API_SERVICE_DESCRIPTOR"] = text_format.MessageToString(info.logging_endpoint)
os.environ["PIPELINE_OPTIONS"] = json.dumps(json_format.MessageToDict(info.pipeline_options))
sdk_worker_main.main(sys.argv)
