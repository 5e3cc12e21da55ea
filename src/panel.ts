/**
 * The panel and all behind it, loaded when it is first needed: neither the console nor the door of the extension pays
 * for it before.
 */
import {msg} from '@lit/localize';
import {PacsMigrationPanel, type PanelPage} from './components/pacs-migration-panel.js';
import type {GuideTokens} from './components/guide-tokens.js';
import type {Server} from './console/console-api.js';
import type {MigrationController} from './controller/migration-controller.js';
import {WorkerMigrationController} from './controller/worker-migration-controller.js';
import {statusOf, type Status} from './components/job-status.js';

/** The tool, once: one controller, and as many elements as there are views. */
export interface Migration {
  readonly controller: MigrationController;
  readonly createPanel: (page: PanelPage) => PacsMigrationPanel;
  /** What a status bar says of the job at hand; null where there is nothing to say. */
  readonly status: () => Status | null;
  /** What is asked before a job is cancelled from outside the panel. */
  readonly cancelQuestion: () => {readonly question: string; readonly yes: string; readonly no: string};
  readonly dispose: () => void;
}

export function openMigration(server: Server, extensionUri: string): Migration {
  const controller = WorkerMigrationController.open(server, extensionUri);
  const loadGuide = async (): Promise<GuideTokens> => {
    const response = await fetch(new URL('user-guide.json', extensionUri));
    if (!response.ok) throw new TypeError('the user guide is missing');
    return (await response.json()) as GuideTokens;
  };
  return {
    controller,
    createPanel(page) {
      const panel = new PacsMigrationPanel();
      panel.controller = controller;
      panel.loadGuide = loadGuide;
      panel.page = page;
      return panel;
    },
    status: () => statusOf(controller.view.job),
    cancelQuestion: () => ({
      question: msg('Cancel the job? What is stored stays on the archive; the rest will not be sent.'),
      yes: msg('Cancel the job'),
      no: msg('Keep it'),
    }),
    dispose: () => controller.dispose(),
  };
}
