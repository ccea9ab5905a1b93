import { snippets } from '../../../lib/keepers/provision/snippets.ts';

test('the lines that read the published ids, for a volume whose name Terraform would not take as it is', () => {
  expect(snippets('shop-api', 'my-data')).toEqual({
    terraform:
      'data "aws_ssm_parameters_by_path" "mountkeeper_my_data" { path = "/mountkeeper/volumes/shop-api/my-data" }',
    terraformAccessPointId:
      'one([for i, n in data.aws_ssm_parameters_by_path.mountkeeper_my_data.names : nonsensitive(data.aws_ssm_parameters_by_path.mountkeeper_my_data.values[i]) if basename(n) == "access-point-id"])',
    cdk: "ssm.StringParameter.valueFromLookup(this, '/mountkeeper/volumes/shop-api/my-data/access-point-id', '')",
  });
});
