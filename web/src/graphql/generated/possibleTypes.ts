
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
    "InvitationResult": [
      "InvitationSuccess",
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
    "Node": [
      "Invitation",
      "Participant",
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
    "ReadAddressResult": [
      "Problem",
      "ReadAddress"
    ],
    "RedeemInvitationResult": [
      "Problem",
      "RedeemInvitationSuccess"
    ],
    "RoomEvent": [
      "DeviceReleased",
      "HostAsked",
      "InvitationCreated",
      "InvitationOpened",
      "InvitationRedeemed",
      "InvitationRevoked",
      "InvitationUpdated",
      "LinkRegenerated",
      "ManagerAdded",
      "ManagerRemoved",
      "ParticipantChanged",
      "ParticipantRemoved",
      "RedemptionRefused",
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
      "SessionStarted"
    ],
    "RoomResult": [
      "Problem",
      "RoomSuccess"
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
    ]
  }
};
      export default result;
    