// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// For each single-byte encoding the checksum of what all 256 bytes decode to; written by Scripts/generate-encodings.
let singleByteChecksums: [(label: String, checksum: UInt64)] = [
    ("ibm866", 0x6B8F_4423_4EFA_E54A),
    ("iso-8859-2", 0x0891_CDFF_4268_7236),
    ("iso-8859-3", 0xF9BE_EC0A_EF2D_7A97),
    ("iso-8859-4", 0xEC54_55CD_CA7B_918F),
    ("iso-8859-5", 0x4616_B17A_577D_BFAF),
    ("iso-8859-6", 0xC2CA_17CF_95AE_A1E2),
    ("iso-8859-7", 0xAEF1_CF28_6AFA_4969),
    ("iso-8859-8", 0xDB6B_1189_065B_2F5D),
    ("iso-8859-10", 0xF072_0492_E19F_D91B),
    ("iso-8859-13", 0x4CC2_82A8_BA42_0A61),
    ("iso-8859-14", 0x27EF_6FCE_ADA8_F435),
    ("iso-8859-15", 0x461F_37F7_C642_78C0),
    ("iso-8859-16", 0x5EB2_ED1A_24BE_A882),
    ("koi8-r", 0x6354_7110_3B3E_073D),
    ("koi8-u", 0xDD7F_DB40_AF8D_1D41),
    ("macintosh", 0x2AC5_43A0_FA54_B935),
    ("windows-874", 0x9081_2B37_1222_1A93),
    ("windows-1250", 0x17BE_4B5F_AA62_91B5),
    ("windows-1251", 0xB8FB_9938_A896_1325),
    ("windows-1252", 0x9CD7_DAFF_BB28_039A),
    ("windows-1253", 0x8961_A921_96EA_D090),
    ("windows-1254", 0xC9D2_E7CF_7C3C_AF14),
    ("windows-1255", 0x625D_3BD8_D612_361F),
    ("windows-1256", 0x8D69_C075_30A8_824B),
    ("windows-1257", 0xE142_EB2F_B596_A64E),
    ("windows-1258", 0x8052_F975_114C_9E83),
    ("x-mac-cyrillic", 0x66C4_C06C_8E06_4185),
]
