import { present } from '../domain/fact.ts';
import { TAG } from '../domain/tags.ts';
import type { TaggedReads } from '../verbs.ts';
import type { Border } from './border.ts';
import { collect } from './pages.ts';
import { fromTags } from './tags.ts';

export function createTaggedReads({ clients, once }: Border): TaggedReads {
  return {
    taskDefinitions: () =>
      once.read('tagged.taskDefinitions', async () => {
        const api = await clients.tagging();
        const pages = api.resourcePages({
          TagFilters: [{ Key: TAG.enabled }],
          ResourceTypeFilters: ['ecs:task-definition'],
          ResourcesPerPage: 100,
        });
        const found = await collect(pages, (page) => page.ResourceTagMappingList);
        return present(found.map((one) => ({ arn: one.ResourceARN ?? '', tags: fromTags(one.Tags) })));
      }),
  };
}
