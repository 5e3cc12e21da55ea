import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {ifDefined} from 'lit/directives/if-defined.js';
import {localized, msg, str} from '@lit/localize';
import type {MigrationController, MigrationView} from '../controller/migration-controller.js';
import type {JobSnapshot} from '../job/job-snapshot.js';
import type {JobRecord} from '../job/job-record.js';
import './amounts-table.js';
import './archive-facts.js';
import './confirm-dialog.js';
import type {ConfirmDialog} from './confirm-dialog.js';
import './current-procedure.js';
import './drop-zone.js';
import {DropTarget} from './drop-target.js';
import type {GuideTokens} from './guide-tokens.js';
import {icon, type IconName} from './icon.js';
import {inOwnTask} from './in-own-task.js';
import './job-facts.js';
import './job-list.js';
import type {JobPickEvent} from './job-list.js';
import './job-options-form.js';
import type {OptionsChangeEvent} from './job-options-form.js';
import {canRestart, isActive} from '../job/state-machine.js';
import './migration-report.js';
import type {MigrationReport} from './migration-report.js';
import {
  dateFault,
  EMPTY_FORM,
  hasDefaultAdvanced,
  toOptions,
  transferOf,
  type OptionForm,
} from './option-form.js';
import './outcome-counts.js';
import {panelStyles} from './panel-styles.js';
import {railSection} from './rail-styles.js';
import './progress-line.js';
import './rate-plot.js';
import './recent-folders.js';
import {shared} from './styles.js';
import './source-bar.js';
import './user-guide.js';
import type {UserGuide} from './user-guide.js';
import {ViewPace} from './view-pace.js';

export type PanelPage = 'panel' | 'report' | 'guide';

/** Below this width, in CSS pixels, the panel is one column. The style sheets hold the same number. */
const NARROW = 720;

/** Tells the door which page is shown now. */
export class PageChangeEvent extends Event {
  constructor(readonly page: PanelPage) {
    super('page-change');
  }
}

/**
 * The whole tool as one element. It hears of everything from `controller` and asks everything of it; the door that
 * creates it decides what hiding and leaving mean.
 *
 * @fires {PageChangeEvent} page-change - after another page is shown
 * @fires minimize - the admin wants the panel out of the way; the job goes on
 * @fires close - the job, if any, is paused and the source forgotten: the panel can go
 */
@localized()
@customElement('pacs-migration-panel')
export class PacsMigrationPanel extends LitElement {
  static override styles = [...shared, railSection, panelStyles];

  @property({attribute: false}) controller: MigrationController | null = null;
  @property({reflect: true}) page: PanelPage = 'panel';
  /** The job whose report is shown; null for the job at hand, or else the newest. */
  @property({attribute: false}) reportJob: string | null = null;
  /** Gets the user guide, made of Markdown when the extension is built. */
  @property({attribute: false}) loadGuide: (() => Promise<GuideTokens>) | null = null;

  @state() private view: MigrationView | null = null;
  @state() private now = Date.now();
  @state() private form: OptionForm = EMPTY_FORM;
  @state() private narrow = false;
  @state() private guide: GuideTokens | 'unavailable' | null = null;
  @query('pacs-confirm-dialog') private readonly dialog!: ConfirmDialog;

  readonly #pace = new ViewPace(view => {
    this.view = view;
    this.now = Date.now();
  });
  readonly #drop = new DropTarget(this, transfer => void this.controller?.drop(transfer));
  readonly #resized = new ResizeObserver(([entry]) => {
    if (entry) this.narrow = entry.contentRect.width < NARROW;
  });
  #unsubscribe: (() => void) | null = null;
  #minute: ReturnType<typeof setInterval> | undefined;
  #actionHadFocus = false;

  override connectedCallback(): void {
    super.connectedCallback();
    // Measured at once, so that the first picture has the right layout; then watched.
    this.narrow = this.getBoundingClientRect().width < NARROW;
    this.#resized.observe(this);
    this.#minute = setInterval(() => (this.now = Date.now()), 60_000);
    this.#subscribe();
  }

  override disconnectedCallback(): void {
    this.#resized.disconnect();
    clearInterval(this.#minute);
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#pace.stop();
    super.disconnectedCallback();
  }

  #subscribe(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#pace.stop();
    const {controller} = this;
    if (!controller) return;
    const read = (): void => this.#pace.offer(() => controller.view);
    this.#unsubscribe = controller.subscribe(read);
    read();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('controller') && this.isConnected) this.#subscribe();
    if (changed.has('page') && this.page === 'guide' && !Array.isArray(this.guide)) void this.#openGuide();
    this.#actionHadFocus = this.shadowRoot?.activeElement?.closest('.job, .start') != null;
  }

  /** A button that went away with the state that it ended must not take the focus with it. */
  override updated(changed: PropertyValues<this>): void {
    if (this.#actionHadFocus && !this.shadowRoot?.activeElement) {
      this.shadowRoot?.querySelector<HTMLElement>('.job button:enabled, .start button:enabled')?.focus();
    }
    const before: PanelPage | undefined = changed.get('page');
    if (before !== undefined) void this.#focusPage(before);
  }

  async #focusPage(before: PanelPage): Promise<void> {
    const selector = this.page === 'report' ? 'pacs-migration-report' : 'pacs-user-guide';
    const page = this.shadowRoot?.querySelector<MigrationReport | UserGuide>(selector);
    if (this.page === 'panel') {
      this.shadowRoot?.querySelector<HTMLElement>(`header button.${before}`)?.focus();
    } else if (page) {
      await page.updateComplete;
      page.focusHeading();
    }
  }

  #show(page: PanelPage, job: string | null = this.reportJob): void {
    this.reportJob = job;
    if (page === this.page) return;
    this.page = page;
    this.dispatchEvent(new PageChangeEvent(page));
  }

  async #openGuide(): Promise<void> {
    this.guide = null;
    try {
      this.guide = (await this.loadGuide?.()) ?? 'unavailable';
    } catch {
      // The page says so, and asks again when it is opened again.
      this.guide = 'unavailable';
    }
  }

  get #reported(): JobRecord | null {
    const {view} = this;
    if (!view) return null;
    const id = this.reportJob ?? view.job?.record.id ?? view.jobs[0]?.id ?? null;
    if (id !== null && view.job?.record.id === id) return view.job.record;
    return view.jobs.find(job => job.id === id) ?? view.job?.record ?? view.jobs[0] ?? null;
  }

  override render(): TemplateResult {
    const {view} = this;
    if (!view) return html`<div class="shell"></div>`;
    return html`<div class="shell">${this.#header(view)}${this.#problem(view)}${this.#page(view)}</div>
      ${
        this.#drop.over
          ? html`<div class="over">
              ${icon('folder-opened', 'plain', 40)}${msg('Drop the folder to choose it')}
            </div>`
          : nothing
      }
      <pacs-confirm-dialog></pacs-confirm-dialog>`;
  }

  #header(view: MigrationView): TemplateResult {
    const shown = this.page === 'report' ? this.#reported : activeJob(view)?.record;
    const from = shown?.source.name ?? view.source?.name;
    const to = shown?.destination.name ?? view.archive.name;
    const pages = (page: PanelPage, name: IconName, label: string, why: string): TemplateResult =>
      html`<button
        type="button"
        class="quiet ${page}"
        aria-pressed=${this.page === page ? 'true' : 'false'}
        ?disabled=${why !== ''}
        title=${ifDefined(why === '' ? (this.narrow ? label : undefined) : why)}
        @click=${() => this.#show(this.page === page ? 'panel' : page, page === 'report' ? null : this.reportJob)}
      >
        ${icon(name)}<span class="text">${label}</span>
      </button>`;
    const plain = (name: IconName, label: string, act: () => void): TemplateResult =>
      html`<button
        type="button"
        class="quiet"
        title=${ifDefined(this.narrow ? label : undefined)}
        @click=${act}
      >
        ${icon(name)}<span class="text">${label}</span>
      </button>`;
    const noJob = view.job === null && view.jobs.length === 0;
    return html`<header>
      <span class="name">${msg('PACS Migration')}</span>
      ${from === undefined ? nothing : html`<span class="route muted">${from} → ${to}</span>`}
      <div class="windows">
        ${pages('report', 'checklist', msg('View Report...'), noJob ? msg('There is no job yet.') : '')}
        ${plain('remove', msg('Minimize to tray'), () => this.dispatchEvent(new Event('minimize')))}
        ${pages('guide', 'book', msg('User Guide...'), '')}
        ${plain('close', msg('Close'), () => void this.#close())}
      </div>
    </header>`;
  }

  #problem({problem}: MigrationView): TemplateResult | typeof nothing {
    if (!problem) return nothing;
    return html`<div class="problem" role="alert">
      ${icon('error', 'bad')}
      <p><b>${problem.what}</b> ${problem.remedy}</p>
      <button type="button" class="quiet" @click=${() => this.controller?.dismissProblem()}>
        ${msg('Dismiss')}
      </button>
    </div>`;
  }

  #page(view: MigrationView): TemplateResult {
    switch (this.page) {
      case 'panel':
        return html`<div class="body">
          <div class="main ${activeJob(view) ? 'at-work' : 'at-rest'}">${this.#main(view)}</div>
          ${this.#rail(view)}
        </div>`;
      case 'guide':
        return html`<div class="body whole">
          <pacs-user-guide .guide=${this.guide} @back=${() => this.#show('panel')}></pacs-user-guide>
        </div>`;
      case 'report':
        return this.#reportPage(view);
    }
  }

  #main(view: MigrationView): TemplateResult {
    const {job, source} = view;
    const detailed = job !== null && (isActive(job.record.state) || job.record.state.phase === 'paused');
    return html`<pacs-current-procedure
        class="inset"
        .job=${job}
        .sourceName=${source?.name ?? null}
        .narrow=${this.narrow}
        .now=${this.now}
        >${this.narrow ? nothing : this.#jobActions(view)}</pacs-current-procedure
      >
      ${job ? html`<pacs-progress-line class="inset" .job=${job} .now=${this.now}></pacs-progress-line>` : nothing}
      ${detailed ? inOwnTask(() => this.#measures(job)) : nothing} ${this.#source(view)}
      ${
        job && (detailed || (source && job.recentFolders.length > 0))
          ? inOwnTask(
              () =>
                html`<pacs-recent-folders
                  .folders=${job.recentFolders}
                  .plan=${job.record.plan}
                  .sourceName=${job.record.source.name}
                ></pacs-recent-folders>`,
            )
          : nothing
      }`;
  }

  #measures(job: JobSnapshot): TemplateResult {
    return html`<div class="measures inset">
        <pacs-amounts-table .record=${job.record}></pacs-amounts-table>
        <pacs-rate-plot
          .points=${job.rates}
          .bytesPerSecond=${job.bytesPerSecond}
          .filesPerSecond=${job.filesPerSecond}
        ></pacs-rate-plot>
      </div>
      <pacs-outcome-counts class="inset" .counts=${job.record.counts}></pacs-outcome-counts>`;
  }

  /** The chosen source with the way to another one, or the place to drop one. Nothing of it while a job is at work. */
  #source(view: MigrationView): TemplateResult | typeof nothing {
    if (activeJob(view)) return nothing;
    const {controller} = this;
    return view.source
      ? html`<pacs-source-bar
          class="inset"
          .source=${view.source}
          .canBrowse=${view.canBrowse}
          @browse=${() => controller?.browse()}
        ></pacs-source-bar>`
      : html`<pacs-drop-zone
          class="inset"
          .canBrowse=${view.canBrowse}
          .hasSampleStick=${view.hasSampleStick}
          @browse=${() => controller?.browse()}
          @try-sample=${() => controller?.trySampleStick()}
        ></pacs-drop-zone>`;
  }

  /** The buttons of the job, in the order of the pictures. */
  #jobActions(view: MigrationView): TemplateResult {
    const {controller} = this;
    const state = view.job?.record.state;
    const resumable =
      !activeJob(view) &&
      (view.job ? [view.job.record, ...view.jobs] : view.jobs).some(job => canRestart(job.state));
    const restartFirst = view.source === null || view.source.forJob !== null;
    const button = (label: string, act: () => unknown, primary = false): TemplateResult =>
      html`<button type="button" class=${primary ? 'primary' : ''} @click=${act}>${label}</button>`;
    const waiting = state?.phase === 'waiting' ? state : null;
    const active = state !== undefined && isActive(state);
    return html`<div slot="actions" class="job">
      ${
        waiting?.waitsFor === 'server' || waiting?.reason === 'permission'
          ? button(msg('Try now'), () => controller?.tryNow(), true)
          : nothing
      }
      ${waiting?.waitsFor === 'sign-in' ? button(msg('Sign in'), () => controller?.signIn(), true) : nothing}
      ${
        waiting?.waitsFor === 'medium' && view.canBrowse
          ? button(msg('Browse...'), () => controller?.browse())
          : nothing
      }
      ${active ? button(msg('Pause Job'), () => controller?.pause()) : nothing}
      ${resumable ? button(msg('Restart Previous Job'), () => controller?.restart(), restartFirst) : nothing}
      ${active || state?.phase === 'paused' ? button(msg('Cancel Job'), () => this.#cancel()) : nothing}
    </div>`;
  }

  async #cancel(): Promise<void> {
    const yes = await this.dialog.ask({
      title: msg('Cancel this job?'),
      text: msg(
        'What is stored stays on the archive. What was not sent yet is not sent; the report says which files.',
      ),
      yes: msg('Cancel the job'),
      no: msg('Keep it'),
    });
    if (yes) await this.controller?.cancel();
  }

  async #close(): Promise<void> {
    if (this.view && activeJob(this.view)) {
      const yes = await this.dialog.ask({
        title: msg('A job is at work'),
        text: msg(
          'Leaving pauses it. Nothing is lost: Restart Previous Job goes on from the last folder added. To let it work on, minimize the panel instead.',
        ),
        yes: msg('Pause and leave'),
        no: msg('Keep working'),
      });
      if (!yes) return;
    }
    await this.controller?.close();
    this.dispatchEvent(new Event('close'));
  }

  #rail(view: MigrationView): TemplateResult {
    const sections = html`<div class="sections">${this.#railSections(view)}</div>`;
    const active = activeJob(view);
    if (!this.narrow) {
      return html`<div class="rail">
        ${sections}
        <div class="foot">${active ? this.#note() : nothing} ${this.#start(view)}</div>
      </div>`;
    }
    const summary = active
      ? html`<span class="label">${msg('Job')}</span
          ><span class="muted small">${msg('options, load, other jobs')}</span>`
      : html`<span class="label">${msg('Options')}</span
          ><span class="muted small">${this.#optionsInShort(view)}</span>`;
    return html`<div class="rail">
      <details>
        <summary>${icon('chevron-right')} ${summary}</summary>
        ${sections} ${active ? html`<div class="foot">${this.#note()} ${this.#start(view)}</div>` : nothing}
      </details>
      <div class="foot">${active ? nothing : this.#start(view)} ${this.#jobActions(view)}</div>
    </div>`;
  }

  #railSections(view: MigrationView): TemplateResult {
    const job = activeJob(view);
    return html`${
      job
        ? inOwnTask(
            () =>
              html`<pacs-job-facts
                .record=${job.record}
                .now=${this.now}
                .requestsInFlight=${job.requestsInFlight}
              ></pacs-job-facts>`,
          )
        : html`<pacs-archive-facts .archive=${view.archive}></pacs-archive-facts>
            <pacs-job-options
              .archive=${view.archive}
              .form=${this.form}
              @options-change=${(event: OptionsChangeEvent) => (this.form = event.form)}
            ></pacs-job-options>`
    }
    ${this.#jobList(view, view.job && isActive(view.job.record.state) ? view.job.record.id : null)}`;
  }

  #jobList(view: MigrationView, current: string | null): TemplateResult {
    return html`<pacs-job-list
      .jobs=${withSnapshot(view)}
      .current=${current}
      .now=${this.now}
      @job-pick=${(event: JobPickEvent) => this.#show('report', event.jobId)}
    ></pacs-job-list>`;
  }

  #optionsInShort(view: MigrationView): string {
    const parts = [
      transferOf(this.form, view.archive.capabilities) === 'copy' ? msg('copy') : msg('links'),
      this.form.useDates ? msg('by dates') : msg('all dates'),
      hasDefaultAdvanced(this.form) ? msg('defaults') : msg('changed'),
    ];
    return parts.join(', ');
  }

  #note(): TemplateResult {
    return html`<p class="why small muted">
      ${icon('info', 'accent')}
      <span
        >${msg(
          'Leave this tab open. You may minimize the panel or lock the screen. If the tab is closed, Restart Previous Job goes on from the last folder added.',
        )}</span
      >
    </p>`;
  }

  #start(view: MigrationView): TemplateResult {
    const active = activeJob(view);
    const why = active
      ? msg('One job works at a time.')
      : view.source === null
        ? msg('Choose a folder first.')
        : (dateFault(this.form)?.sentence ?? '');
    const primary = !active && !(view.source?.forJob != null);
    const options = (): Promise<void> | undefined =>
      this.controller?.start(toOptions(this.form, view.archive.capabilities));
    return html`<div class="start">
      ${why === '' || active ? nothing : html`<p class="why small muted" id="why-not">${why}</p>`}
      <button
        type="button"
        class=${primary ? 'primary' : ''}
        ?disabled=${why !== ''}
        title=${ifDefined(active ? why : undefined)}
        aria-describedby=${why === '' || active ? nothing : 'why-not'}
        @click=${options}
      >
        ${msg('Start New Job')}
      </button>
    </div>`;
  }

  #reportPage(view: MigrationView): TemplateResult {
    const record = this.#reported;
    if (!record || !this.controller) {
      return html`<div class="body whole">
        <div class="main"><p class="inset">${msg('There is no job yet, so there is no report.')}</p></div>
      </div>`;
    }
    const working = isActive(record.state);
    const sections = html`<div class="sections">
      <pacs-job-facts .record=${record} .now=${this.now}></pacs-job-facts>
      ${this.#jobList(view, record.id)}
      ${
        working
          ? nothing
          : html`<div class="removal">
              <button type="button" @click=${() => this.#remove(record)}>${msg('Delete this job')}</button>
            </div>`
      }
    </div>`;
    return html`<div class="body">
      <div class="main report">
        <pacs-migration-report
          .record=${record}
          .source=${this.controller}
          @back=${() => this.#show('panel')}
        ></pacs-migration-report>
      </div>
      <div class="rail">${this.narrow ? this.#folded(sections) : sections}</div>
    </div>`;
  }

  #folded(sections: TemplateResult): TemplateResult {
    return html`<details>
      <summary>
        ${icon('chevron-right')}<span class="label">${msg('Job')}</span>
        <span class="muted small">${msg('options, other jobs')}</span>
      </summary>
      ${sections}
    </details>`;
  }

  async #remove(record: JobRecord): Promise<void> {
    const yes = await this.dialog.ask({
      title: msg('Delete this job?'),
      text: msg(
        str`The report of ${record.source.name} and all that is kept of it in this browser go. The archive is not touched.`,
      ),
      yes: msg('Delete it'),
      no: msg('Keep it'),
    });
    if (!yes) return;
    await this.controller?.deleteJob(record.id);
    this.#show('panel', null);
  }
}

/** The job that occupies the engine, if any. */
function activeJob(view: MigrationView): JobSnapshot | null {
  return view.job && isActive(view.job.record.state) ? view.job : null;
}

/** The list of jobs with the newest word on the one at hand. */
function withSnapshot({job, jobs}: MigrationView): readonly JobRecord[] {
  if (!job) return jobs;
  const {record} = job;
  return jobs.some(({id}) => id === record.id)
    ? jobs.map(other => (other.id === record.id ? record : other))
    : [record, ...jobs];
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-migration-panel': PacsMigrationPanel;
  }
}
