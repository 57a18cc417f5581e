
      export interface PossibleTypesResultData {
        possibleTypes: {
          [key: string]: string[]
        }
      }
      const result: PossibleTypesResultData = {
  "possibleTypes": {
    "AccountResult": [
      "AccountSuccess",
      "Problem"
    ],
    "AddUserResult": [
      "AddUserSuccess",
      "Problem"
    ],
    "AdmitAllResult": [
      "AdmitAllSuccess",
      "Problem"
    ],
    "AdmitParticipantsResult": [
      "AdmitParticipantsSuccess",
      "Problem"
    ],
    "AskHostResult": [
      "AskHostSuccess",
      "Problem"
    ],
    "DeleteRoomResult": [
      "DeleteRoomSuccess",
      "Problem"
    ],
    "DenyAllResult": [
      "DenyAllSuccess",
      "Problem"
    ],
    "DenyParticipantsResult": [
      "DenyParticipantsSuccess",
      "Problem"
    ],
    "ErasePersonResult": [
      "ErasePersonSuccess",
      "Problem"
    ],
    "ForgotPasswordResult": [
      "ForgotPasswordSuccess",
      "Problem"
    ],
    "HandOverResult": [
      "HandOverSuccess",
      "Problem"
    ],
    "InteractionResult": [
      "InteractionSuccess",
      "Problem"
    ],
    "InvitationResult": [
      "InvitationSuccess",
      "Problem"
    ],
    "InvitePreviewResult": [
      "InvitePreviewSuccess",
      "Problem"
    ],
    "InviteUsersResult": [
      "InviteUsersSuccess",
      "Problem"
    ],
    "MeResult": [
      "MeSuccess",
      "Problem"
    ],
    "MessageResult": [
      "MessageSuccess",
      "Problem"
    ],
    "Node": [
      "ChatMessage",
      "Interaction",
      "Invitation",
      "Participant",
      "Question",
      "Room",
      "Session",
      "User"
    ],
    "ParticipantResult": [
      "ParticipantSuccess",
      "Problem"
    ],
    "PasswordLinkResult": [
      "PasswordLinkSuccess",
      "Problem"
    ],
    "QuestionResult": [
      "Problem",
      "QuestionSuccess"
    ],
    "ReadAddressResult": [
      "Problem",
      "ReadAddress"
    ],
    "RedeemInvitationResult": [
      "Problem",
      "RedeemInvitationSuccess"
    ],
    "RoomEvent": [
      "AnswerHidden",
      "AskerMuted",
      "ChannelCleared",
      "DeviceMoved",
      "DeviceReleased",
      "Exported",
      "HandLowered",
      "HandsLowered",
      "HandsRaised",
      "HostAsked",
      "InteractionChanged",
      "InvitationCreated",
      "InvitationOpened",
      "InvitationRedeemed",
      "InvitationRevoked",
      "InvitationUpdated",
      "LinkRegenerated",
      "MailsChanged",
      "ManagerAdded",
      "ManagerRemoved",
      "MessagePinned",
      "MessagesChanged",
      "MessagesHidden",
      "MessagesPosted",
      "OwnQuestionChanged",
      "ParticipantChanged",
      "ParticipantMuted",
      "ParticipantRemoved",
      "QuestionChanged",
      "QuestionsAsked",
      "RedemptionRefused",
      "ResultsShared",
      "ResyncRequired",
      "RoleDelivered",
      "RoleDemoted",
      "RolePromoted",
      "RoomDeleted",
      "RoomUpdated",
      "SessionCancelled",
      "SessionEnded",
      "SessionRescheduled",
      "SessionScheduled",
      "SessionStarted",
      "ToolsChanged"
    ],
    "RoomResult": [
      "Problem",
      "RoomSuccess"
    ],
    "SendCodeResult": [
      "Problem",
      "SendCodeSuccess"
    ],
    "SendInvitationsResult": [
      "Problem",
      "SendInvitationsSuccess"
    ],
    "SessionResult": [
      "Problem",
      "SessionSuccess"
    ],
    "SignInResult": [
      "Problem",
      "SignInSuccess"
    ],
    "SitePolicyResult": [
      "Problem",
      "SitePolicySuccess"
    ],
    "StopMailResult": [
      "Problem",
      "StopMailSuccess"
    ],
    "TestMailResult": [
      "Problem",
      "TestMailSuccess"
    ],
    "ToolsResult": [
      "Problem",
      "ToolsSuccess"
    ]
  }
};
      export default result;
    