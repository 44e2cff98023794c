# Made by `icosa stubs`; what is changed by hand is lost when it is made again.
# ruff: noqa
# fmt: off
"""The 36 objects that every workspace has, typed."""

import icosa

ADDRESS = None  # the workspace that the environment names


def connect(url=ADDRESS, token=None, **settings):
    """icosa.connect, to this workspace unless another is named."""
    return icosa.connect(url, token, **settings)


def aconnect(url=ADDRESS, token=None, **settings):
    """icosa.aconnect, to this workspace unless another is named."""
    return icosa.aconnect(url, token, **settings)


def __getattr__(name):
    if name in ("Client", "AsyncClient"):  # here, because they are not needed before somebody connects
        return getattr(icosa, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


# A type checker reads the stub beside this file, where each of these is a type of its own.
Actor = ActorInput = dict
Address = AddressInput = dict
Currency = CurrencyInput = dict
Emails = EmailsInput = dict
FullName = FullNameInput = dict
Links = LinksInput = dict
Phones = PhonesInput = dict
RichTextV2 = RichTextV2Input = dict
ApiKey = ApiKeyDepth1 = ApiKeyDepth2 = ApiKeyInput = ApiKeyPart = ApiKeyCreate = ApiKeyUpdate = dict
ApiKeys = AsyncApiKeys = object
Attachment = AttachmentDepth1 = AttachmentDepth2 = AttachmentInput = AttachmentCreate = AttachmentUpdate = dict
Attachments = AsyncAttachments = object
Blocklist = BlocklistDepth1 = BlocklistDepth2 = BlocklistInput = BlocklistCreate = BlocklistUpdate = dict
Blocklists = AsyncBlocklists = object
CalendarChannelEventAssociation = CalendarChannelEventAssociationDepth1 = CalendarChannelEventAssociationDepth2 = CalendarChannelEventAssociationInput = CalendarChannelEventAssociationCreate = CalendarChannelEventAssociationUpdate = dict
CalendarChannelEventAssociations = AsyncCalendarChannelEventAssociations = object
CalendarChannel = CalendarChannelDepth1 = CalendarChannelDepth2 = CalendarChannelInput = CalendarChannelCreate = CalendarChannelUpdate = dict
CalendarChannels = AsyncCalendarChannels = object
CalendarEventParticipant = CalendarEventParticipantDepth1 = CalendarEventParticipantDepth2 = CalendarEventParticipantInput = CalendarEventParticipantCreate = CalendarEventParticipantUpdate = dict
CalendarEventParticipants = AsyncCalendarEventParticipants = object
CalendarEvent = CalendarEventDepth1 = CalendarEventDepth2 = CalendarEventInput = CalendarEventCreate = CalendarEventUpdate = dict
CalendarEvents = AsyncCalendarEvents = object
Company = CompanyDepth1 = CompanyDepth2 = CompanyInput = CompanyCreate = CompanyUpdate = dict
Companies = AsyncCompanies = object
ConnectedAccount = ConnectedAccountDepth1 = ConnectedAccountDepth2 = ConnectedAccountInput = ConnectedAccountCreate = ConnectedAccountUpdate = dict
ConnectedAccounts = AsyncConnectedAccounts = object
FavoriteFolder = FavoriteFolderDepth1 = FavoriteFolderDepth2 = FavoriteFolderInput = FavoriteFolderCreate = FavoriteFolderUpdate = dict
FavoriteFolders = AsyncFavoriteFolders = object
Favorite = FavoriteDepth1 = FavoriteDepth2 = FavoriteInput = FavoriteCreate = FavoriteUpdate = dict
Favorites = AsyncFavorites = object
MessageChannelMessageAssociation = MessageChannelMessageAssociationDepth1 = MessageChannelMessageAssociationDepth2 = MessageChannelMessageAssociationInput = MessageChannelMessageAssociationCreate = MessageChannelMessageAssociationUpdate = dict
MessageChannelMessageAssociations = AsyncMessageChannelMessageAssociations = object
MessageChannel = MessageChannelDepth1 = MessageChannelDepth2 = MessageChannelInput = MessageChannelCreate = MessageChannelUpdate = dict
MessageChannels = AsyncMessageChannels = object
MessageFolder = MessageFolderDepth1 = MessageFolderDepth2 = MessageFolderInput = MessageFolderCreate = MessageFolderUpdate = dict
MessageFolders = AsyncMessageFolders = object
MessageParticipant = MessageParticipantDepth1 = MessageParticipantDepth2 = MessageParticipantInput = MessageParticipantCreate = MessageParticipantUpdate = dict
MessageParticipants = AsyncMessageParticipants = object
Message = MessageDepth1 = MessageDepth2 = MessageInput = MessageCreate = MessageUpdate = dict
Messages = AsyncMessages = object
MessageThread = MessageThreadDepth1 = MessageThreadDepth2 = MessageThreadInput = MessageThreadCreate = MessageThreadUpdate = dict
MessageThreads = AsyncMessageThreads = object
Note = NoteDepth1 = NoteDepth2 = NoteInput = NoteCreate = NoteUpdate = dict
Notes = AsyncNotes = object
NoteTarget = NoteTargetDepth1 = NoteTargetDepth2 = NoteTargetInput = NoteTargetCreate = NoteTargetUpdate = dict
NoteTargets = AsyncNoteTargets = object
Opportunity = OpportunityDepth1 = OpportunityDepth2 = OpportunityInput = OpportunityCreate = OpportunityUpdate = dict
Opportunities = AsyncOpportunities = object
Person = PersonDepth1 = PersonDepth2 = PersonInput = PersonCreate = PersonUpdate = dict
People = AsyncPeople = object
Task = TaskDepth1 = TaskDepth2 = TaskInput = TaskCreate = TaskUpdate = dict
Tasks = AsyncTasks = object
TaskTarget = TaskTargetDepth1 = TaskTargetDepth2 = TaskTargetInput = TaskTargetCreate = TaskTargetUpdate = dict
TaskTargets = AsyncTaskTargets = object
TimelineActivity = TimelineActivityDepth1 = TimelineActivityDepth2 = TimelineActivityInput = TimelineActivityCreate = TimelineActivityUpdate = dict
TimelineActivities = AsyncTimelineActivities = object
ViewField = ViewFieldDepth1 = ViewFieldDepth2 = ViewFieldInput = ViewFieldPart = ViewFieldCreate = ViewFieldUpdate = dict
ViewFields = AsyncViewFields = object
ViewFilterGroup = ViewFilterGroupDepth1 = ViewFilterGroupDepth2 = ViewFilterGroupInput = ViewFilterGroupCreate = ViewFilterGroupUpdate = dict
ViewFilterGroups = AsyncViewFilterGroups = object
ViewFilter = ViewFilterDepth1 = ViewFilterDepth2 = ViewFilterInput = ViewFilterPart = ViewFilterCreate = ViewFilterUpdate = dict
ViewFilters = AsyncViewFilters = object
ViewGroup = ViewGroupDepth1 = ViewGroupDepth2 = ViewGroupInput = ViewGroupPart = ViewGroupCreate = ViewGroupUpdate = dict
ViewGroups = AsyncViewGroups = object
View = ViewDepth1 = ViewDepth2 = ViewInput = ViewPart = ViewCreate = ViewUpdate = dict
Views = AsyncViews = object
ViewSort = ViewSortDepth1 = ViewSortDepth2 = ViewSortInput = ViewSortPart = ViewSortCreate = ViewSortUpdate = dict
ViewSorts = AsyncViewSorts = object
Webhook = WebhookDepth1 = WebhookDepth2 = WebhookInput = WebhookCreate = WebhookUpdate = dict
Webhooks = AsyncWebhooks = object
WorkflowAutomatedTrigger = WorkflowAutomatedTriggerDepth1 = WorkflowAutomatedTriggerDepth2 = WorkflowAutomatedTriggerInput = WorkflowAutomatedTriggerPart = WorkflowAutomatedTriggerCreate = WorkflowAutomatedTriggerUpdate = dict
WorkflowAutomatedTriggers = AsyncWorkflowAutomatedTriggers = object
WorkflowRun = WorkflowRunDepth1 = WorkflowRunDepth2 = WorkflowRunInput = WorkflowRunCreate = WorkflowRunUpdate = dict
WorkflowRuns = AsyncWorkflowRuns = object
Workflow = WorkflowDepth1 = WorkflowDepth2 = WorkflowInput = WorkflowCreate = WorkflowUpdate = dict
Workflows = AsyncWorkflows = object
WorkflowVersion = WorkflowVersionDepth1 = WorkflowVersionDepth2 = WorkflowVersionInput = WorkflowVersionCreate = WorkflowVersionUpdate = dict
WorkflowVersions = AsyncWorkflowVersions = object
WorkspaceMember = WorkspaceMemberDepth1 = WorkspaceMemberDepth2 = WorkspaceMemberInput = WorkspaceMemberPart = WorkspaceMemberCreate = WorkspaceMemberUpdate = dict
WorkspaceMembers = AsyncWorkspaceMembers = object
ActorSource = str
CalendarChannelSyncStatus = str
CalendarChannelSyncStage = str
CalendarChannelVisibility = str
CalendarChannelContactAutoCreationPolicy = str
CalendarEventParticipantResponseStatus = str
MessageChannelMessageAssociationDirection = str
MessageChannelSyncStage = str
MessageChannelSyncStatus = str
MessageChannelContactAutoCreationPolicy = str
MessageChannelType = str
MessageChannelVisibility = str
MessageParticipantRole = str
OpportunityStage = str
TaskStatus = str
ViewFieldAggregateOperation = str
ViewFilterGroupLogicalOperator = str
ViewKanbanAggregateOperation = str
ViewKeyOption = str
ViewOpenRecordIn = str
WorkflowAutomatedTriggerType = str
WorkflowRunStatus = str
WorkflowStatuses = str
WorkflowVersionStatus = str
WorkspaceMemberTimeFormat = str
WorkspaceMemberDateFormat = str
ApiKeyKey = str
AttachmentKey = str
BlocklistKey = str
CalendarChannelEventAssociationKey = str
CalendarChannelKey = str
CalendarEventParticipantKey = str
CalendarEventKey = str
CompanyKey = str
ConnectedAccountKey = str
FavoriteFolderKey = str
FavoriteKey = str
MessageChannelMessageAssociationKey = str
MessageChannelKey = str
MessageFolderKey = str
MessageParticipantKey = str
MessageKey = str
MessageThreadKey = str
NoteKey = str
NoteTargetKey = str
OpportunityKey = str
PersonKey = str
TaskKey = str
TaskTargetKey = str
TimelineActivityKey = str
ViewFieldKey = str
ViewFilterGroupKey = str
ViewFilterKey = str
ViewGroupKey = str
ViewKey = str
ViewSortKey = str
WebhookKey = str
WorkflowAutomatedTriggerKey = str
WorkflowRunKey = str
WorkflowKey = str
WorkflowVersionKey = str
WorkspaceMemberKey = str
