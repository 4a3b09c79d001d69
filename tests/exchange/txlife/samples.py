"""Messages of our own, written as different systems write them."""

import base64

ACORD = "http://ACORD.org/Standards/Life/2"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def new_business(
    *, head: str = "", policy: str = "", parties: str = "", relations: str = "", more: str = ""
) -> bytes:
    """A whole 103 of an e-application, with room for whatever a test puts in."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<TXLife xmlns="{ACORD}" Version="2.37">
 <UserAuthRequest>
  <VendorApp><VendorName VendorCode="417">Skrive</VendorName><AppName>eApp</AppName></VendorApp>
 </UserAuthRequest>
 <TXLifeRequest PrimaryObjectID="H1">
  <TransRefGUID>6f1d2f0a-9d2f-4f7e-9a51-0c86e6a9b001</TransRefGUID>
  <TransType tc="103">New Business Submission</TransType>
  <TransExeDate>2026-03-02</TransExeDate><TransExeTime>09:15:00-06:00</TransExeTime>{head}
  <OLifE>
   <Holding id="H1">
    <HoldingTypeCode tc="2">Policy</HoldingTypeCode>
    <Policy CarrierPartyID="P9">
     <LineOfBusiness tc="1">Life</LineOfBusiness>
     <ProductType tc="2">Term</ProductType>
     <ProductCode>term</ProductCode>
     <CarrierCode>fjord-life</CarrierCode>
     <PaymentMode tc="4">Monthly</PaymentMode>
     <PaymentAmt>37.71</PaymentAmt>
     <Life><FaceAmt>500000</FaceAmt></Life>
     <ApplicationInfo><TrackingID>SK-889</TrackingID></ApplicationInfo>{policy}
    </Policy>
   </Holding>
   <Party id="P1">
    <PartyTypeCode tc="1">Person</PartyTypeCode>
    <GovtID>078051121</GovtID><GovtIDTC tc="1">SSN</GovtIDTC>
    <Person>
     <FirstName>Kari</FirstName><LastName>Håkonsen O'Brien</LastName>
     <Gender tc="2">F</Gender><BirthDate>1985-06-14</BirthDate>
    </Person>
    <Address>
     <AddressTypeCode tc="1">Home</AddressTypeCode>
     <Line1>1 Oak St</Line1><City>Addison</City>
     <AddressStateTC tc="51">Texas</AddressStateTC><Zip>75001</Zip>
    </Address>
    <Phone><PhoneTypeCode tc="12">Mobile</PhoneTypeCode><DialNumber>512-555-0142</DialNumber></Phone>
    <EMailAddress><AddrLine>kari@example.com</AddrLine></EMailAddress>
   </Party>
   <Party id="P2"><FullName>Ola Håkonsen</FullName></Party>
   <Party id="P3"><FullName>Anna Berg</FullName><Producer><NIPRNumber>1234567</NIPRNumber></Producer></Party>
   <Party id="P9"><PartyTypeCode tc="2">Organization</PartyTypeCode><FullName>Fjord Life</FullName></Party>{parties}
   <Relation id="R1" OriginatingObjectID="H1" RelatedObjectID="P1">
    <RelationRoleCode tc="32">Insured</RelationRoleCode></Relation>
   <Relation id="R2" OriginatingObjectID="H1" RelatedObjectID="P1">
    <RelationRoleCode tc="8">Owner</RelationRoleCode></Relation>
   <Relation id="R3" OriginatingObjectID="H1" RelatedObjectID="P2">
    <RelationRoleCode tc="34">Beneficiary</RelationRoleCode>
    <RelationDescription tc="1">Husband</RelationDescription>
    <InterestPercent>100</InterestPercent></Relation>
   <Relation id="R4" OriginatingObjectID="H1" RelatedObjectID="P3">
    <RelationRoleCode tc="37">Agent</RelationRoleCode></Relation>{relations}{more}
  </OLifE>
 </TXLifeRequest>
</TXLife>
""".encode()


def prefixed() -> bytes:
    """As a system writes that gives ACORD's namespace a prefix and repeats its own dialect."""
    return f"""<a:TXLife xmlns:a="{ACORD}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="{ACORD} TXLife2.20.xsd"><a:TXLifeRequest>
  <a:TransRefGUID>{{9C1A}}</a:TransRefGUID><a:TransType tc="103"/>
  <a:OLifE>
   <a:Holding id="_h"><a:Policy><a:ProductCode>WL-88</a:ProductCode>
    <a:Life><a:Coverage><a:IndicatorCode tc="1"/><a:CurrentAmt>250,000</a:CurrentAmt>
     <a:LifeParticipant PartyID="_i"><a:LifeParticipantRoleCode tc="1"/></a:LifeParticipant>
    </a:Coverage></a:Life>
    <a:OLifEExtension VendorCode="05" ExtensionCode="Policy 2.8.90">
     <a:PolicyExtension><a:UnderwritingProgram tc="12">Express</a:UnderwritingProgram></a:PolicyExtension>
    </a:OLifEExtension></a:Policy></a:Holding>
   <a:Party id="_i"><a:Person><a:FirstName>Ola</a:FirstName><a:LastName>Nordmann</a:LastName>
    <a:Height2><a:MeasureUnits tc="14"/><a:MeasureValue>70</a:MeasureValue></a:Height2></a:Person>
    <v:Score xmlns:v="http://vendor.example/score">7</v:Score></a:Party>
  </a:OLifE></a:TXLifeRequest></a:TXLife>""".encode()


def status() -> bytes:
    """A vendor's 1122 without a namespace: the status of an order."""
    return b"""<TXLife><TXLifeRequest>
  <TransRefGUID>S-1</TransRefGUID><TransType tc="1122">Results</TransType>
  <TransExeDate>2024 -12-10</TransExeDate>
  <OLifE><Holding id="h"><Policy><RequirementInfo id="r" AppliesToPartyID="p">
   <ReqCode tc="11">APS</ReqCode><ReqStatus tc="7">Received</ReqStatus>
   <StatusEvent><StatusEventCode tc="2147483647">Sent to doctor</StatusEventCode></StatusEvent>
  </RequirementInfo></Policy></Holding>
  <Party id="p"><FullName>Kari Hope</FullName></Party>
  <Relation id="x" OriginatingObjectID="h" RelatedObjectID="p"><RelationRoleCode tc="32"/></Relation>
 </OLifE></TXLifeRequest></TXLife>"""


def attached(content: bytes = PDF, extra: str = "") -> str:
    """An attachment, to be put behind the relations."""
    packed = base64.encodebytes(content).decode()
    return (
        '<FormInstance id="F1"><FormName>Application</FormName><Attachment id="A1">'
        f"<AttachmentData>{packed}</AttachmentData>"
        '<MimeTypeTC tc="17">application/pdf</MimeTypeTC>'
        f"<FileName>application.pdf</FileName>{extra}</Attachment></FormInstance>"
    )
