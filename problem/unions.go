package problem

// Unions makes Problem a member of the API's unions.
type Unions struct{}

func (Unions) IsSignInResult()            {}
func (Unions) IsRoomResult()              {}
func (Unions) IsDeleteRoomResult()        {}
func (Unions) IsSessionResult()           {}
func (Unions) IsRedeemInvitationResult()  {}
func (Unions) IsAskHostResult()           {}
func (Unions) IsSendCodeResult()          {}
func (Unions) IsParticipantResult()       {}
func (Unions) IsAdmitAllResult()          {}
func (Unions) IsSitePolicyResult()        {}
func (Unions) IsErasePersonResult()       {}
func (Unions) IsAccountResult()           {}
func (Unions) IsAddUserResult()           {}
func (Unions) IsPasswordLinkResult()      {}
func (Unions) IsMeResult()                {}
func (Unions) IsReadAddressResult()       {}
func (Unions) IsAdmitParticipantsResult() {}
func (Unions) IsDenyAllResult()           {}
func (Unions) IsDenyParticipantsResult()  {}

// ToolUnions makes Problem a member of the unions of the room's tools.
type ToolUnions struct{}

func (ToolUnions) IsMessageResult()     {}
func (ToolUnions) IsToolsResult()       {}
func (ToolUnions) IsQuestionResult()    {}
func (ToolUnions) IsInteractionResult() {}

// InviteUnions makes Problem a member of the unions of invitations.
type InviteUnions struct{}

func (InviteUnions) IsInvitationResult()    {}
func (InviteUnions) IsInvitePreviewResult() {}
func (InviteUnions) IsInviteUsersResult()   {}
func (InviteUnions) IsHandOverResult()      {}

// MailUnions makes Problem a member of the unions of emails.
type MailUnions struct{}

func (MailUnions) IsSendInvitationsResult() {}
func (MailUnions) IsTestMailResult()        {}
func (MailUnions) IsStopMailResult()        {}
func (MailUnions) IsForgotPasswordResult()  {}
