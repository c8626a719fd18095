import { cli, command, environmentOf, expect, run, test } from './app';
import { recipe } from './recipes';

test('a link from another program leads to its page, and one that is wrong to none', async ({
  drover,
  page,
  place,
}) => {
  await cli(place, 'submit', await place.write('a.yaml', recipe('Shot 042', { film: { run: 'true' } })));
  await expect(page.getByRole('row', { name: /film/ })).toContainText('Completed');
  const { program, options } = command();
  const open = async (link: string): Promise<void> => {
    const { status } = await run(program, [...options, link], environmentOf(place), place.work);
    expect(status).toBe(0);
  };
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });

  await open('drover://job/b1.film');
  await expect(heading('film')).toBeVisible();
  await open('drover://node/This%20machine');
  await expect(heading('This machine')).toBeVisible();
  await open('drover://batch/b1?cancel=1');
  await expect.poll(drover.printed).toContain('no link that Drover knows');
  await expect(heading('This machine')).toBeVisible();
});

test('Drover is started by a link', async ({ start, place }) => {
  const { page: first, quit } = await start();
  await cli(place, 'submit', await place.write('a.yaml', recipe('Shot 042', { film: { run: 'true' } })));
  await expect(first.getByRole('row', { name: /film/ })).toContainText('Completed');
  await quit();
  const { page } = await start({ files: ['drover://job/b1.film'] });
  await expect(page.getByRole('heading', { level: 1, name: 'film' })).toBeVisible();
});
