import { Skeleton } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { JobAbout, JobDetail, StepAbout } from '../../../../shared/ipc/job';
import { branchInWords } from '../../../../shared/model/checkpoint';
import { isEnded } from '../../../../shared/model/states';
import { hashOf, jobHash } from '../../../app/route';
import { request } from '../../../live/request';
import { Loading } from '../../../ui/Notice';
import { tellRefusal } from '../../../ui/tell';
import { percentInWords } from '../../../ui/words';
import { askedAgainAt, measuredInWords, originInWords, usesOf } from './words';
import './about.css';

/** Where a job came from, the values of its parameters, and what it used against what it asks for. */
export function About({ job }: { readonly job: JobDetail }): ReactNode {
  const about = useAbout(job);
  if (about === null)
    return (
      <Loading what="the parameters">
        <Skeleton height={14} width="40%" my={20} />
        <Skeleton height={14} width="50%" my={20} />
      </Loading>
    );
  const { origin, given, steps } = about;
  return (
    <div className="job-panel about">
      <section className="about-part" aria-labelledby="about-origin">
        <h2 id="about-origin" className="panel-title">
          Made of
        </h2>
        <p className="about-origin">
          {originInWords(origin)}{' '}
          <a
            className="job-link"
            href={hashOf({ page: 'submit', wishes: [{ kind: 'batch', batch: job.batch }] })}
          >
            Submit again, with changes
          </a>
        </p>
        {job.branch !== null && (
          <p className="about-origin">
            It is a{' '}
            <a className="job-link" href={jobHash(job.branch.from.job)}>
              {branchInWords(job.branch)}
            </a>
          </p>
        )}
      </section>
      {steps.map((step) => (
        <StepPart key={step.name} step={step} given={given} isOnly={steps.length === 1} />
      ))}
    </div>
  );
}

function StepPart(props: {
  readonly step: StepAbout;
  readonly given: JobAbout['given'];
  readonly isOnly: boolean;
}): ReactNode {
  const { step, given, isOnly } = props;
  const values = Object.entries(step.parameters);
  const of = isOnly ? '' : ` of ${step.name}`;
  return (
    <>
      <section className="about-part" aria-label={`Parameters${of}`}>
        <h2 className="panel-title">Parameters{of}</h2>
        {values.length === 0 ? (
          <p className="faint">It has none.</p>
        ) : (
          <dl className="about-values">
            {values.map(([name, value]) => (
              <div key={name} className="about-value">
                <dt>{name}</dt>
                <dd>
                  {value === '' ? <span className="faint">empty</span> : value}
                  {name in given && <span className="about-given">given</span>}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </section>
      <section className="about-part" aria-label={`Asked for and used${of}`}>
        <h2 className="panel-title">Asked for and used{of}</h2>
        <dl className="about-uses">
          {usesOf(step).map(({ name, asked, used, part }) => (
            <div key={name} className="about-use">
              <dt>{name}</dt>
              <dd>
                <span>{used}</span>
                <span className="faint">{`asked for: ${asked}`}</span>
                {part !== null && (
                  <span
                    className={part > 1 ? 'about-bar about-bar-over' : 'about-bar'}
                    role="meter"
                    aria-label={`${name} used of what was asked for`}
                    aria-valuemin={0}
                    aria-valuemax={100}
                    aria-valuenow={Math.round(Math.min(1, part) * 100)}
                    title={`${percentInWords(part)} of what was asked for`}
                  >
                    <span style={{ width: `${Math.min(1, part) * 100}%` }} />
                  </span>
                )}
              </dd>
            </div>
          ))}
        </dl>
        <p className="faint about-measured">{measuredInWords(step)}</p>
        {step.suggestions.map(({ what, why }) => (
          <p key={what} className="about-suggestion">
            <IconBulb size={16} stroke={1.7} aria-hidden />
            <span>
              <strong>{what}</strong> <span className="faint">{why}</span>
            </span>
          </p>
        ))}
      </section>
    </>
  );
}

function useAbout({ id, state, tasks }: JobDetail): JobAbout | null {
  const [about, setAbout] = useState<JobAbout | null>(null);
  const moment = askedAgainAt(tasks.COMPLETED + tasks.FAILED, isEnded(state));
  useEffect(() => {
    let isOver = false;
    void request('job.about', { job: id }).then((answer) => {
      if (isOver) return;
      if (answer.ok) setAbout(answer.value);
      else tellRefusal('show what the job is made of', answer.refusal);
    });
    return () => {
      isOver = true;
    };
  }, [id, moment]);
  return about;
}
