"""moto's server with the answers that moto 5.2.5 lacks. Test only; README.md beside this folder lists them.

What is here is ours, so it proves nothing about AWS by itself; each answer follows the EFS API reference,
https://docs.aws.amazon.com/efs/latest/ug/API_Operations.html.
"""

import json
import sys

from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ecs.models import EC2ContainerServiceBackend
from moto.efs.exceptions import AccessPointNotFound, EFSError, FileSystemNotFound
from moto.efs.models import EFSBackend
from moto.efs.responses import EFSResponse
from moto.server import main

JSON = {"Content-Type": "application/json"}
PAGE = 100

native_stop_task = EC2ContainerServiceBackend.stop_task
native_create_response = EFSResponse.create_access_point
native_delete = EFSBackend.delete_access_point
native_put_policy = EFSBackend.put_file_system_policy
native_describe_policy = EFSBackend.describe_file_system_policy


class InvalidPolicy(EFSError):
    code = 400

    def __init__(self):
        super().__init__("InvalidPolicyException", "The policy is not valid JSON.")


def file_system_of(backend, file_system_id):
    if file_system_id not in backend.file_systems_by_id:
        raise FileSystemNotFound(file_system_id)
    return backend.file_systems_by_id[file_system_id]


def create_access_point(self):
    token, file_system_id = self._get_param("ClientToken"), self._get_param("FileSystemId")
    file_system_of(self.efs_backend, file_system_id)
    for point in self.efs_backend.access_points.values():
        if point.client_token == token:
            body = {
                "ErrorCode": "AccessPointAlreadyExists",
                "Message": "The access point already exists.",
                "AccessPointId": point.access_point_id,
            }
            headers = {**JSON, "x-amzn-ErrorType": "AccessPointAlreadyExists", "status": 409}
            return 409, headers, json.dumps(body)
    return native_create_response(self)


def describe_access_points(self):
    points = self.efs_backend.describe_access_points(self._get_param("AccessPointId"), self._get_param("FileSystemId"))
    first = int(self._get_param("NextToken") or 0)
    after = first + int(self._get_param("MaxResults") or PAGE)
    body = {"AccessPoints": [point.info_json() for point in points[first:after]]}
    if after < len(points):
        body["NextToken"] = str(after)
    return json.dumps(body), JSON


def delete_access_point(self, access_point_id):
    if access_point_id not in self.access_points:
        raise AccessPointNotFound(access_point_id)
    native_delete(self, access_point_id)


def put_file_system_policy(self, file_system_id, policy, bypass_policy_lockout_safety_check):
    file_system_of(self, file_system_id)
    try:
        json.loads(policy)
    except ValueError as error:
        raise InvalidPolicy() from error
    native_put_policy(self, file_system_id, policy, bypass_policy_lockout_safety_check)


def describe_file_system_policy(self, file_system_id):
    file_system_of(self, file_system_id)
    return native_describe_policy(self, file_system_id)


def delete_file_system_policy(self):
    file_system_of(self.efs_backend, self._get_param("FileSystemId")).file_system_policy = None
    return "{}", JSON


def update_file_system(self):
    file_system = file_system_of(self.efs_backend, self._get_param("FileSystemId"))
    file_system.throughput_mode = self._get_param("ThroughputMode") or file_system.throughput_mode
    mibps = self._get_param("ProvisionedThroughputInMibps")
    provisioned = file_system.throughput_mode == "provisioned"
    file_system.provisioned_throughput_in_mibps = mibps if provisioned else None
    return json.dumps(file_system.info_json()), {**JSON, "status": 202}


def stop_task(self, cluster_str, task_str, reason):
    """moto's tasks never fail by themselves: whoever stops one with a reason tells how it failed to start."""
    task = native_stop_task(self, cluster_str, task_str, reason)
    task.stop_code = "TaskFailedToStart"
    return task


def rule_description(self):
    """moto tells the description of a rule between groups with the group alone."""
    return (self.ip_range or {}).get("Description") or (self.source_group or {}).get("Description")


SecurityGroupRule.description = property(rule_description)
EC2ContainerServiceBackend.stop_task = stop_task
EFSBackend.delete_access_point = delete_access_point
EFSBackend.put_file_system_policy = put_file_system_policy
EFSBackend.describe_file_system_policy = describe_file_system_policy
EFSResponse.create_access_point = create_access_point
EFSResponse.describe_access_points = describe_access_points
EFSResponse.delete_file_system_policy = delete_file_system_policy
EFSResponse.update_file_system = update_file_system

if __name__ == "__main__":
    main(sys.argv[1:])
