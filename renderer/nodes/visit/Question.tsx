import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { NodeQuestion } from '../../../shared/ipc/nodes';

interface Props {
  readonly question: NodeQuestion;
  onTrust(this: void, fingerprint: string): void;
  onTell(this: void, id: string, secret: string): void;
  onCancel(this: void): void;
}

/** What has to be answered before the connection goes on. */
export function Question(props: Props): ReactNode {
  const { question } = props;
  if (question.kind === 'hostKey') return <HostKeyQuestion {...props} question={question} />;
  // A new field for each question, and after a wrong answer.
  return <SecretQuestion key={question.id} {...props} question={question} />;
}

type Of<Kind extends NodeQuestion['kind']> = Extract<NodeQuestion, { readonly kind: Kind }>;

function HostKeyQuestion(props: Props & { readonly question: Of<'hostKey'> }): ReactNode {
  const { host, port, keyType, fingerprint } = props.question;
  const where = port === 22 ? host : `${host}, port ${port}`;
  return (
    <section className="visit-question" aria-label="Is this the right machine?">
      <h3 className="visit-title">Is this the right machine?</h3>
      <p className="visit-text">Nobody has been there from here before, so Drover cannot tell by itself.</p>
      <dl className="visit-facts">
        <dt>Host</dt>
        <dd className="visit-code">{where}</dd>
        <dt>Key type</dt>
        <dd className="visit-code">{keyType}</dd>
        <dt>Fingerprint</dt>
        <dd className="visit-code visit-fingerprint">{fingerprint}</dd>
      </dl>
      <p className="visit-text">
        To compare it, run <code className="visit-code">ssh-keygen -lf {keyFileOf(keyType)}</code> on that
        machine, or ask who looks after it.
      </p>
      <div className="visit-actions">
        <Button
          variant="default"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the question has the keyboard, and nothing is trusted by mistake
          autoFocus
          onClick={props.onCancel}
        >
          Cancel
        </Button>
        <Button onClick={() => props.onTrust(fingerprint)}>This is right</Button>
      </div>
    </section>
  );
}

function keyFileOf(keyType: string): string {
  const kind = /ed25519|ecdsa|rsa/.exec(keyType)?.[0] ?? '*';
  return `/etc/ssh/ssh_host_${kind}_key.pub`;
}

function SecretQuestion(props: Props & { readonly question: Of<'password' | 'passphrase'> }): ReactNode {
  const { question } = props;
  const [secret, setSecret] = useState('');
  const isHidden = question.kind === 'passphrase' || question.hidden;
  const label =
    question.kind === 'passphrase'
      ? `Passphrase of ${question.keyFile}`
      : `${question.prompt.replace(/[:\s]+$/, '') || 'Password'} for ${question.user} at ${question.host}`;
  const Field = isHidden ? PasswordInput : TextInput;
  return (
    <form
      className="visit-question"
      aria-label="Secret"
      onSubmit={(event) => {
        event.preventDefault();
        if (secret !== '') props.onTell(question.id, secret);
      }}
    >
      <Field
        size="xs"
        label={label}
        description="Kept in the system's secret store; where there is none, only until Drover ends. Never in a file or a log of Drover."
        error={question.again ? 'That was not right. Try again.' : null}
        autoComplete="off"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it is what was asked for, in the dialog that has the focus
        autoFocus
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      <div className="visit-actions">
        <Button variant="default" onClick={props.onCancel}>
          Cancel
        </Button>
        <Button type="submit" disabled={secret === ''}>
          Go on
        </Button>
      </div>
    </form>
  );
}
