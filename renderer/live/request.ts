import type { RequestName, Requests } from '../../shared/ipc/contract';
import type { Answer } from '../../shared/ipc/messages';
import { tellRefusal } from '../ui/tell';
import { client } from './connection';

/** Asks the Host; the caller deals with a refusal itself. */
export function request<Name extends RequestName>(
  name: Name,
  params: Requests[Name]['params'],
): Promise<Answer<Name>> {
  return client.request(name, params);
}

/** Asks the Host; a refusal is told to the person, as what could not be done. */
export async function requestOrTell<Name extends RequestName>(
  wish: string,
  name: Name,
  params: Requests[Name]['params'],
): Promise<Requests[Name]['answer'] | null> {
  const answer = await client.request(name, params);
  if (answer.ok) return answer.value;
  tellRefusal(wish, answer.refusal);
  return null;
}
