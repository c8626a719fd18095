import type { RequestName, Requests } from '../../shared/ipc/contract';
import type { Host } from '../host';

export type Handlers<Name extends RequestName> = {
  readonly [Each in Name]: (
    host: Host,
    params: Requests[Each]['params'],
  ) => Requests[Each]['answer'] | Promise<Requests[Each]['answer']>;
};
