import type { ViewName, Views } from '../../../shared/ipc/contract';
import type { Host } from '../../host';
import { findBatch, findJob, findStep } from '../find';
import { ActivityView } from './activity';
import { FailuresView } from './failures';
import { CheckpointsView } from './checkpoints';
import { GraphView } from './graph';
import { JobView } from './job';
import { LogView } from './log';
import { NodesView } from './nodes';
import { OutputView } from './output';
import { QueueView } from './queue';
import { SettingsView } from './settings';
import { ResultsView } from './results';
import { StepsView } from './steps';
import { TaskStatesView } from './task-states';
import { TasksView } from './tasks';
import { TimelineView } from './timeline';
import type { LiveView } from './view';

type Openers = { readonly [Name in ViewName]: (host: Host, params: Views[Name]['params']) => LiveView };

/** How each view of the contract is opened. What is not there is refused as in requests. */
export const openers: Openers = {
  queue: (host) => new QueueView(host),
  job: (host, { job }) => new JobView(host, findJob(host.state, job)),
  steps: (host, { job }) => new StepsView(host, findJob(host.state, job)),
  taskStates: (host, place) => new TaskStatesView(findStep(host.state, place)),
  tasks: (host, range) => new TasksView(host, findStep(host.state, range), range.from, range.count),
  log: (host, place) => {
    findStep(host.state, place);
    return new LogView(host, place);
  },
  nodes: (host) => new NodesView(host),
  timeline: (host, window) => new TimelineView(host, window),
  settings: (host) => new SettingsView(host),
  activity: (host) => new ActivityView(host),
  failures: (host) => new FailuresView(host),
  graph: (host, { batch }) => new GraphView(host, findBatch(host.state, batch)),
  checkpoints: (host, window) => {
    if (window.job !== null) findJob(host.state, window.job);
    return new CheckpointsView(host, window);
  },
  results: (host, { batch }) => new ResultsView(findBatch(host.state, batch)),
  output: (host, { batch }) => new OutputView(host, findBatch(host.state, batch)),
};
