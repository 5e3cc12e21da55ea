/** The door that the console opens. It is small: the panel is loaded when somebody asks for it. */
import type {ConsoleApi, ExtensionContext, StatusBarItem} from './console/console-api.js';
import type {Disposable} from './console/disposable.js';
import type {Migration, openMigration} from './panel.js';

const PANEL = 'pacsMigration.panel';
const REPORT = 'pacsMigration.report';

/** What `panel.js` exports, known here as a type only. */
interface PanelModule {
  readonly openMigration: typeof openMigration;
}

let migration: Promise<Migration> | null = null;

export function activate(context: ExtensionContext): void {
  const {console: host, subscriptions, extensionUri} = context;
  const open = (): Promise<Migration> => {
    migration ??= load(extensionUri).then(module => {
      const opened = module.openMigration(host.server, extensionUri);
      subscriptions.push(watch(opened, host), {dispose: () => opened.dispose()});
      return opened;
    });
    return migration;
  };
  const withController = (act: (controller: Migration['controller']) => Promise<void>) => async () =>
    act((await open()).controller);

  subscriptions.push(
    host.views.registerView(PANEL, {resolveView: element => showPanel(element, open, host)}),
    host.views.registerView(REPORT, {resolveView: element => showReport(element, open, host)}),
    host.commands.registerCommand('pacsMigration.open', () => host.views.show(PANEL)),
    host.commands.registerCommand('pacsMigration.report', () => host.views.show(REPORT)),
    host.commands.registerCommand(
      'pacsMigration.pause',
      withController(controller => controller.pause()),
    ),
    host.commands.registerCommand(
      'pacsMigration.restart',
      withController(controller => controller.restart()),
    ),
    host.commands.registerCommand('pacsMigration.cancel', () => cancel(open, host)),
    host.commands.registerCommand('pacsMigration.userGuide', async () => {
      await host.views.show(PANEL);
      for (const panel of document.querySelectorAll('pacs-migration-panel')) panel.page = 'guide';
    }),
  );
}

/** The console disposes of the subscriptions; the job, if any, is interrupted and found again on the next start. */
export function deactivate(): void {
  migration = null;
}

function load(extensionUri: string): Promise<PanelModule> {
  return import(new URL('panel.js', extensionUri).href) as Promise<PanelModule>;
}

async function showPanel(
  element: HTMLElement,
  open: () => Promise<Migration>,
  host: ConsoleApi,
): Promise<Disposable> {
  const panel = (await open()).createPanel('panel');
  panel.addEventListener('minimize', () => host.views.hide(PANEL));
  panel.addEventListener('close', () => host.views.hide(PANEL));
  element.append(panel);
  return {dispose: () => panel.remove()};
}

/** The report as a view of its own. Its way back, and its window actions, lead to the panel or away. */
async function showReport(
  element: HTMLElement,
  open: () => Promise<Migration>,
  host: ConsoleApi,
): Promise<Disposable> {
  const panel = (await open()).createPanel('report');
  panel.addEventListener('page-change', () => {
    if (panel.page === 'report') return;
    panel.page = 'report';
    void host.views.show(PANEL);
  });
  panel.addEventListener('minimize', () => host.views.hide(REPORT));
  panel.addEventListener('close', () => host.views.hide(REPORT));
  element.append(panel);
  return {dispose: () => panel.remove()};
}

async function cancel(open: () => Promise<Migration>, host: ConsoleApi): Promise<void> {
  const {controller, cancelQuestion} = await open();
  const {question, yes, no} = cancelQuestion();
  if ((await host.window.showMessage('warning', question, yes, no)) === yes) await controller.cancel();
}

/** Shows the job in the status bar as long as there is one, and warns before the page is left while it runs. */
function watch(migration: Migration, host: ConsoleApi): Disposable {
  const item = host.window.createStatusBarItem('pacsMigration.status');
  // In a task of its own: the panel has its turn with the same news.
  let planned: ReturnType<typeof setTimeout> | undefined;
  const show = (): void => {
    planned = undefined;
    update(item, migration.status());
  };
  const unsubscribe = migration.controller.subscribe(() => (planned ??= setTimeout(show)));
  const warn = (event: BeforeUnloadEvent): void => {
    if (migration.status()?.isActive === true) event.preventDefault();
  };
  addEventListener('beforeunload', warn);
  show();
  return {
    dispose() {
      unsubscribe();
      clearTimeout(planned);
      removeEventListener('beforeunload', warn);
      item.dispose();
    },
  };
}

function update(item: StatusBarItem, status: ReturnType<Migration['status']>): void {
  if (status === null) {
    item.hide();
    return;
  }
  item.text = status.text;
  item.icon = status.icon;
  item.tooltip = status.tooltip;
  item.progress = status.progress;
  item.command = 'pacsMigration.open';
  item.menu = [
    {title: status.menu.show, command: 'pacsMigration.open'},
    {title: status.menu.report, command: 'pacsMigration.report'},
    ...(status.isActive
      ? ([
          'separator',
          {title: status.menu.pause, command: 'pacsMigration.pause'},
          {title: status.menu.cancel, command: 'pacsMigration.cancel'},
        ] as const)
      : []),
  ];
  item.show();
}
